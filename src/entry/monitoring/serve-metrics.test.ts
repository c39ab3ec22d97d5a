import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../../tests/factories/ledger-world.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import type { Search } from '../../search/search-answer.ts';
import { createOperationFacts } from '../../store/operation-facts.ts';
import { createLog } from '../log.ts';
import { createMetrics } from './create-metrics.ts';
import { addDatabaseGauges } from './database-gauges.ts';
import { findReadiness } from './readiness.ts';
import { serveMetrics } from './serve-metrics.ts';

const log = createLog('silent');
const token = 'a-token-of-the-operators';
const hourMs = 3_600_000;

async function start(given: Partial<Parameters<typeof serveMetrics>[0]> & { token?: string } = {}) {
  const metrics = given.metrics ?? createMetrics();
  const server = await serveMetrics({
    config: { metrics: { host: '127.0.0.1', port: 0, token: given.token ?? null } },
    metrics,
    log,
    refreshGauges: async () => {},
    findReadiness: async () => ({ isReady: true, waitsFor: [] }),
    ...given,
  });
  if (server === null) throw new Error('It was given an address.');
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  return { server, metrics, get };
}

test('nothing is served unless an address is set', async () => {
  const { server, metrics } = await start();
  server.close();
  const none = { config: { metrics: null }, metrics, log };
  const rest = {
    refreshGauges: async () => {},
    findReadiness: async () => ({ isReady: true, waitsFor: [] }),
  };
  expect(await serveMetrics({ ...none, ...rest })).toBeNull();
});

test('with a token the metrics ask for it, and health does not', async () => {
  const { server, get } = await start({ token });
  expect((await get('/metrics')).status).toBe(401);
  expect((await get('/metrics', { authorization: 'Bearer another' })).status).toBe(401);
  const answer = await get('/metrics', { authorization: `Bearer ${token}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/')).status).toBe(404);
  server.close();
});

test('what a process did is counted', async () => {
  const { server, metrics, get } = await start();
  metrics.record({ kind: 'scan', source: 'windows', state: 'done', seconds: 3 });
  metrics.record({ kind: 'digests', count: 7 });
  metrics.record({ kind: 'deliveries', outcomes: { accepted: 5, deferred: 0, failed: 1 } });
  metrics.observeRequest({ method: 'GET', route: '/a/:id', status: 200, ms: 12 });
  const search = { search: () => ({}), suggest: () => [] } as unknown as Search; // only its times matter
  metrics.measureSearch(search).suggest('x', 1);
  expect(metrics.measureSearch(search)).toBe(metrics.measureSearch(search));
  const text = await (await get('/metrics')).text();
  for (const line of [
    'kbalertz_scans_total{source="windows",state="done"} 1',
    'kbalertz_digests_planned_total 7',
    'kbalertz_delivery_outcomes_total{outcome="accepted"} 5',
    'kbalertz_delivery_outcomes_total{outcome="failed"} 1',
    'kbalertz_http_request_duration_seconds_count{method="GET",route="/a/:id",status="200"} 1',
    'kbalertz_search_duration_seconds_count{kind="suggest"} 1',
    'kbalertz_process_cpu_seconds_total',
  ])
    expect(text).toContain(line);
  server.close();
});

test('a job that went round no more for ten minutes makes the process unhealthy', async () => {
  let now = Date.now();
  const metrics = createMetrics(() => now);
  const { server, get } = await start({ metrics });
  metrics.record({ kind: 'round', job: 'send', hasFailed: false });
  expect((await get('/healthz')).status).toBe(200);
  now -= 11 * 60_000;
  metrics.record({ kind: 'round', job: 'send', hasFailed: true });
  const answer = await get('/healthz');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('send');
  server.close();
});

test('a process is ready once its database answers, its schema is right and its index is there', async () => {
  const ask = (isMigrated: () => Promise<boolean>, hasIndex = true) =>
    findReadiness({ facts: { isMigrated }, hasIndex: () => hasIndex });
  expect(await ask(async () => true)).toEqual({ isReady: true, waitsFor: [] });
  expect((await ask(async () => false)).waitsFor).toEqual([expect.stringContaining('schema')]);
  expect((await ask(() => Promise.reject(new Error('gone')))).waitsFor).toEqual([
    expect.stringContaining('database'),
  ]);
  expect((await ask(async () => true, false)).isReady).toBe(false);
});

describeOnBothDatabases('gauges', (databases) => {
  test('tell lags, ages and positions as they are in the database', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const { db } = database;
    const now = 10 * 24 * hourMs;
    await db
      .updateTable('scans')
      .set({ started_at: now - 5 * hourMs })
      .execute();
    const technology = await world.addTechnology('Teams');
    const change = await world.recordChange({
      articleId: await world.addArticle(),
      technologies: [technology],
    });
    await world.addAccount({ nextDigestAt: now - 2 * hourMs });
    const notice = { address: 'a@example.org', address_key: 'a@example.org', kind: 'sign-in', subject: 's' };
    await db
      .insertInto('notices')
      .values({
        ...notice,
        account_id: null,
        message_id: '<1@x>',
        message: new Uint8Array([1]),
        state: 'deferred',
        attempts: 1,
        created_at: now - hourMs,
        next_attempt_at: now,
      })
      .execute();
    const held = { state: 'held', baseline: 0, counts: '{}', warnings: '[]' } as const;
    await db
      .insertInto('scans')
      .values({ ...held, source_id: world.sourceId, started_at: now })
      .execute();
    await db
      .insertInto('leases')
      .values({ name: 'scan x', holder: 'h:1:a', fence: 1, expires_at: 5 })
      .execute();

    const metrics = createMetrics();
    const gauges = addDatabaseGauges(metrics.registry, {
      facts: createOperationFacts(database),
      clock: { now: () => asId<Instant>(now) },
      findIndexPosition: () => change - 1,
    });
    await gauges.refresh();
    const text = await metrics.registry.metrics();
    for (const line of [
      /kbalertz_scan_lag_seconds\{source="source-\d+"\} 18000/,
      /kbalertz_letters\{queue="notices",state="deferred"\} 1/,
      /kbalertz_letters_oldest_age_seconds\{queue="notices",state="deferred"\} 3600/,
      /kbalertz_planning_due_accounts 1/,
      /kbalertz_planning_oldest_age_seconds 7200/,
      /kbalertz_held_scans 1/,
      /kbalertz_stale_leases 1/,
      /kbalertz_search_index_lag_changes 1/,
      new RegExp(`kbalertz_change_log_position ${change}`),
    ])
      expect(text).toMatch(line);
    expect(text).not.toContain('example.org');
  });
});
