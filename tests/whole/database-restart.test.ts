import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId } from '../../src/knowledge/ids.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { watchWrittenSource, writeSource } from '../../src/store/scanning.fixture.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { checkLedger } from '../crash/check-ledger.ts';
import { type Sink, startSmtpSink } from '../crash/smtp-sink.ts';
import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';
import { type RunningProgram, startProgram } from './start-program.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';

const publicUrl = 'http://kb.localhost';
const readersEachTime = 20;
const awayMs = 6000;

/** Two web nodes and two workers while their PostgreSQL is stopped, is away for some seconds, and starts again. */
describe('a restart of the database server', () => {
  let server: PostgresServer;
  let sink: Sink;
  let database: Database;
  let nodes: RunningProgram[] = [];
  let workers: RunningWorker[] = [];
  beforeAll(async () => {
    server = await startPostgres(['fsync=off']);
    // Slow enough that messages are on their way when the database goes.
    sink = await startSmtpSink({ deferOneIn: Number.POSITIVE_INFINITY, slowestMs: 2000 });
    database = openDatabase({ url: server.url, maxConnections: 2 });
    const settings = {
      KBALERTZ_DATABASE: server.url,
      KBALERTZ_PUBLIC_URL: publicUrl,
      KBALERTZ_SMTP: `smtp://127.0.0.1:${sink.port}`,
      KBALERTZ_MAIL_FROM: 'alerts@kb.example.org',
    };
    const start = () => startProgram({ settings, args: ['--no-worker'], until: '/readyz' });
    nodes = await Promise.all([start(), start()]);
    workers = [startWorker(settings), startWorker(settings)];
  }, 300_000);
  afterAll(async () => {
    await Promise.all([...nodes, ...workers].map((one) => one.stop()));
    await database?.close();
    await sink?.close();
    await server?.remove();
  }, 120_000);

  const ask = async (node: RunningProgram, path: string) => {
    const answer = await fetch(`${node.url}${path}`, { redirect: 'manual' });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const untilFound = (word: string) =>
    Promise.all(
      nodes.map((node) =>
        expect
          .poll(async () => (await ask(node, `/search?q=${word}`)).text, { timeout: 60_000, interval: 100 })
          .toContain(`The <mark>${word}</mark> does not start`),
      ),
    );

  test('is lived through by everything, and doubles and loses nothing', async () => {
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    const write = (word: string) => ({ kb: `# The ${word} does not start\n\nError 0x80070643: restart it.` });
    written.show(write('quokka')); // the baseline
    await scanner.scan(source);
    await untilFound('quokka');

    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const expected = new Map<number, Set<number>>();
    const followed = { kind: 'source', sourceId: source.id } as const;
    const sleepers: number[] = [];
    for (let n = 0; n < 2 * readersEachTime; n += 1) {
      const isLater = n >= readersEachTime;
      const accountId = await world.addAccount({ nextDigestAt: isLater ? Date.now() + 86_400_000 : 0 });
      await subscriptions.follow({ accountId, followed, threshold: 'invisible', now: asId(0) });
      if (isLater) sleepers.push(accountId);
      expected.set(accountId, new Set());
    }
    written.show(write('numbat'));
    await scanner.scan(source);
    const told = await database.db.selectFrom('changes').select('id').where('alerts', '=', 1).execute();
    expect(told).toHaveLength(1);
    for (const { id } of told) for (const ids of expected.values()) ids.add(id);

    await until(() => sink.acceptances.length >= 5);
    expect(sink.acceptances.length).toBeLessThan(readersEachTime);
    // The turn of the others comes while the database is away.
    await database.db
      .updateTable('accounts')
      .set({ next_digest_at: Date.now() + awayMs / 2 })
      .where('id', 'in', sleepers)
      .execute();
    await server.stop();
    for (const node of nodes) {
      const page = await ask(node, '/technologies');
      expect(page.status).toBe(503);
      expect(page.headers.get('retry-after')).toBe('10');
      expect(page.text).toContain('Our database does not answer at the moment.');
      expect((await ask(node, '/healthz')).status).toBe(200);
      expect((await ask(node, '/readyz')).status).toBe(503);
    }
    await sleep(awayMs);
    await server.start();
    for (const node of nodes) {
      const comeBack = { timeout: 60_000, interval: 200 };
      await expect.poll(async () => (await ask(node, '/technologies')).status, comeBack).toBe(200);
      await expect.poll(async () => (await ask(node, '/readyz')).status, comeBack).toBe(200);
    }

    await until(() => sink.acceptances.length >= 2 * readersEachTime);
    written.show(write('potoroo'));
    expect((await scanner.scan(source)).kind).toBe('done');
    await untilFound('potoroo');
    const countOpen = async () =>
      (
        await database.db
          .selectFrom('deliveries')
          .select('id')
          .where('state', 'in', ['queued', 'sending', 'deferred'])
          .execute()
      ).length;
    await expect.poll(countOpen, { timeout: 60_000, interval: 200 }).toBe(0);
    expect(workers.map((worker) => worker.isAlive())).toEqual([true, true]);
    const verdict = await checkLedger(database, expected, sink.acceptances, { looksForTitles: false });
    expect(verdict).toMatchObject({
      violations: [],
      digests: 2 * readersEachTime,
      voids: 0,
      doubled: 0,
      cutOff: 0,
    });
    expect(sink.acceptances.every(({ text }) => text.includes('numbat'))).toBe(true);
  }, 300_000);
});

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 90_000; !isSo(); await sleep(20)) {
    if (Date.now() > deadline) throw new Error('It did not come to that in 90 seconds.');
  }
}
