import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAuditTrail } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
import { makeScanner, writeSource } from '../store/scanning.fixture.ts';
import { createSourceSchedules } from '../store/source-schedules.ts';
import { createSourceDesk } from './source-desk.ts';

const clock = { now: () => asId<Instant>(Date.parse('2026-03-02T09:00:00Z')) };
const draft = {
  name: 'kb',
  kind: 'folder',
  url: 'file:///kb',
  settings: {},
  schedule: '0 3 * * *',
} as const;

/** The desk of account 7. `isAuditBroken`: the process ends before an entry is written. */
function openDesk(database: Database, isAuditBroken = false) {
  const { archive, sources } = openStore(database);
  const written = writeSource();
  const breaks = () => {
    throw new Error('the process ended');
  };
  const desk = createSourceDesk({
    actor: { kind: 'account', id: asId(7) },
    audit: createAuditTrail(database, isAuditBroken ? { now: breaks } : clock),
    sources,
    schedules: createSourceSchedules(database),
    archive,
    scanner: makeScanner(database, written),
    clock,
    findProblem: () => null,
    forget: async () => {},
  });
  return { desk, sources, archive, written, schedules: createSourceSchedules(database) };
}

const list = async (database: Database) =>
  (await createAuditTrail(database, clock).listAudit({ limit: 20 }))
    .reverse()
    .map(({ action, subject, actor, detail }) => [
      actor.kind === 'account' ? actor.id : null,
      action,
      subject,
      detail,
    ]);

describeOnBothDatabases('what an administrator does with sources', (databases) => {
  test('is in the audit trail under the name of who did it, scans that are asked for, too', async () => {
    const database = await databases.open();
    const { desk } = openDesk(database);
    await desk.add(draft);
    await desk.change('kb', { schedule: '0 4 * * *' });
    await desk.setState('kb', 'paused');
    expect(await desk.requestScan('kb')).toBe(true);
    expect([await desk.requestScan('none'), await desk.change('none', {})]).toEqual([false, false]);
    await desk.remove('kb');
    expect(await list(database)).toEqual([
      [7, 'source.added', 'source:kb', { kind: 'folder', url: 'file:///kb', schedule: '0 3 * * *' }],
      [7, 'source.changed', 'source:kb', { schedule: '0 4 * * *' }],
      [7, 'source.changed', 'source:kb', { state: 'paused' }],
      [7, 'scan.requested', 'source:kb', {}],
      [7, 'source.removed', 'source:kb', { articles: 0 }],
    ]);
  });

  test('is not done where its entry is not written', async () => {
    const database = await databases.open();
    const { desk, sources, schedules } = openDesk(database);
    const broken = openDesk(database, true).desk;
    await expect(broken.add(draft)).rejects.toThrow('the process ended');
    expect(await sources.list()).toEqual([]);
    await desk.add(draft);
    await expect(broken.setState('kb', 'paused')).rejects.toThrow('the process ended');
    await expect(broken.requestScan('kb')).rejects.toThrow('the process ended');
    await expect(broken.remove('kb')).rejects.toThrow('the process ended');
    expect(await sources.list()).toMatchObject([{ name: 'kb', state: 'active' }]);
    expect(await schedules.listDue(clock.now())).toEqual([]);
    expect(await list(database)).toHaveLength(1);
  });

  test('a held scan is accepted together with its entry, or waits on', async () => {
    const database = await databases.open();
    const { desk, archive, written } = openDesk(database);
    const broken = openDesk(database, true);
    await desk.add(draft);
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`a${n}`, `---\ntitle: A${n}\n---\n# A${n}\n\nText.\n`]),
    );
    const few = Object.fromEntries(Object.entries(many).slice(0, 30));
    for (const shown of [many, few]) {
      written.show(shown);
      broken.written.show(shown);
      await desk.scan({ name: 'kb', asOf: null, depth: 'latest' });
    }
    const [held] = await archive.listScans({ limit: 1 });
    expect(held?.state).toBe('held');
    await expect(broken.desk.accept(held?.id ?? asId(0))).rejects.toThrow('the process ended');
    expect(await archive.countArticles()).toMatchObject({ active: 60, retired: 0 });
    expect(await list(database)).toHaveLength(1);

    const scan = await desk.accept(held?.id ?? asId(0));
    expect(await archive.countArticles()).toMatchObject({ active: 30, retired: 30 });
    expect((await list(database)).at(-1)).toEqual([
      7,
      'scan.accepted',
      `scan:${held?.id}`,
      { by: `scan ${scan.id}`, ended: 'done' },
    ]);
  });
});
