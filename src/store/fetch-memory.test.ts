import { beforeEach, expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import type { FetchMemory } from '../sources/http/fetch-memory.ts';
import { createVolatileFetchMemory } from '../sources/http/volatile-fetch-memory.ts';
import { createFetchMemory } from './fetch-memory.ts';
import { createSourceStore } from './sources.ts';

const at = (ms: number) => asId<Instant>(ms);
const visit = (resource: string, facts: object = {}) => ({
  resource,
  etag: `"${resource}"`,
  lastModified: null,
  contentHash: `hash of ${resource}`,
  note: null,
  draft: '{}',
  isGone: false,
  visitedAt: at(1),
  ...facts,
});

describeOnBothDatabases('the memory of fetching', (databases) => {
  // The port is declared among the sources, which the store does not know: here the compiler compares the two.
  let kept: FetchMemory;
  let sourceId: SourceId;
  beforeEach(async () => {
    const database = await databases.open();
    kept = createFetchMemory(database);
    const added = await createSourceStore(database).add({
      name: 'kb',
      title: 'KB',
      kind: 'pages',
      url: 'https://kb.example/',
      settings: {},
      schedule: '0 2 * * *',
      licence: '',
      attribution: '',
      createdAt: at(0),
    });
    if (added.kind !== 'added') throw new Error('the source was there before the test');
    sourceId = added.source.id;
  });

  for (const name of ['stored', 'volatile'] as const) {
    const memory = () => (name === 'stored' ? kept : createVolatileFetchMemory());

    test(`${name}: a visit counts when the next cursor proves its snapshot`, async () => {
      const visits = memory();
      await visits.recordVisits(sourceId, [visit('a'), visit('b')]);
      await visits.closeRound(sourceId, 'first');
      const next = await visits.openRound(sourceId, 'first');
      expect(next.settled.map(({ resource }) => resource)).toEqual(['a', 'b']);
      expect(next.settled[0]).toEqual({ ...visit('a'), draft: null });
      expect(next.open).toEqual([]);
      expect(next.dropped).toEqual([]);
    });

    test(`${name}: a snapshot that was not applied leaves the former visit as it was`, async () => {
      const visits = memory();
      await visits.recordVisits(sourceId, [visit('a')]);
      await visits.closeRound(sourceId, 'first');
      await visits.openRound(sourceId, 'first');
      await visits.recordVisits(sourceId, [visit('a', { etag: '"new"' }), visit('c')]);
      await visits.closeRound(sourceId, 'second');
      const next = await visits.openRound(sourceId, 'first');
      expect(next.settled).toEqual([{ ...visit('a'), draft: null }]);
      expect(next.dropped).toEqual(['second']);
    });

    test(`${name}: what is gone is forgotten only when its snapshot was applied`, async () => {
      const visits = memory();
      await visits.recordVisits(sourceId, [visit('a')]);
      await visits.closeRound(sourceId, 'first');
      await visits.openRound(sourceId, 'first');
      await visits.recordVisits(sourceId, [visit('a', { isGone: true })]);
      await visits.closeRound(sourceId, 'second');
      expect((await visits.openRound(sourceId, 'second')).settled).toEqual([]);
    });

    test(`${name}: a round that was cut short goes on with its last visits`, async () => {
      const visits = memory();
      await visits.recordVisits(sourceId, [visit('a'), visit('a', { etag: '"later"' })]);
      const again = await visits.openRound(sourceId, null);
      expect(again.open).toEqual([visit('a', { etag: '"later"' })]);
      expect(again.settled).toEqual([]);
    });

    test(`${name}: the night's budget ends and the next one begins anew`, async () => {
      const hosts = memory();
      const spend = (night: string) => hosts.spendRequest({ host: 'kb.example', night, limit: 2 });
      expect([await spend('2026-01-01'), await spend('2026-01-01'), await spend('2026-01-01')]).toEqual([
        true,
        true,
        false,
      ]);
      expect(await spend('2026-01-02')).toBe(true);
      expect(await hosts.spendRequest({ host: 'other.example', night: '2026-01-01', limit: 0 })).toBe(false);
    });

    test(`${name}: robots, rests and permanent redirections are kept until they change`, async () => {
      const hosts = memory();
      expect(await hosts.recallRobots('https://kb.example')).toBeNull();
      await hosts.rememberRobots('https://kb.example', { text: 'old', readAt: at(1) });
      await hosts.rememberRobots('https://kb.example', { text: 'new', readAt: at(2) });
      expect(await hosts.recallRobots('https://kb.example')).toEqual({ text: 'new', readAt: 2 });
      await hosts.rememberRest('kb.example', at(5));
      expect(await hosts.recallRest('kb.example')).toBe(5);
      expect(await hosts.recallRest('other.example')).toBeNull();
      await hosts.rememberRedirect({ from: 'https://a/', to: 'https://b/', seenAt: at(1) });
      expect(await hosts.recallRedirect('https://a/')).toBe('https://b/');
      await hosts.forgetRedirect('https://a/');
      expect(await hosts.recallRedirect('https://a/')).toBeNull();
    });
  }

  test('what was spent in former nights is not kept', async () => {
    const database = await databases.open();
    const memory = createFetchMemory(database);
    for (const night of ['2026-01-01', '2026-01-02']) {
      await memory.spendRequest({ host: 'kb.example', night, limit: 9 });
      await memory.spendRequest({ host: 'kb.example', night, limit: 9 });
    }
    const rows = await database.db.selectFrom('host_spending').selectAll().execute();
    expect(rows).toEqual([{ host: 'kb.example', night: '2026-01-02', requests: 2 }]);
  });
});
