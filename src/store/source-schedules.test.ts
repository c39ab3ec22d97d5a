import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { createSourceSchedules } from './source-schedules.ts';

const at = (milliseconds: number) => asId<Instant>(milliseconds);

describeOnBothDatabases('source schedules', (databases) => {
  test('a source is due from its time on, and at once when somebody asked', async () => {
    const database = await databases.open();
    const first = await addSource(database, 'first', 'active');
    const second = await addSource(database, 'second', 'active');
    const schedules = createSourceSchedules(database);
    expect((await schedules.listUnscheduled()).map((source) => source.name).sort()).toEqual([
      'first',
      'second',
    ]);

    await schedules.setNext(first, { nextScanAt: at(100), failures: 0, now: at(1) });
    await schedules.setNext(second, { nextScanAt: at(200), failures: 2, now: at(1) });
    expect(await schedules.listDue(at(99))).toEqual([]);
    expect((await schedules.listDue(at(200))).map((due) => due.name)).toEqual(['first', 'second']);

    expect(await schedules.request('second', at(50))).toBe(true);
    expect(await schedules.request('nobody', at(50))).toBe(false);
    expect((await schedules.listDue(at(150))).map((due) => due.name)).toEqual(['second', 'first']);
    expect(await schedules.countFailures()).toEqual([{ name: 'second', failures: 2 }]);

    await schedules.setNext(second, { nextScanAt: at(300), failures: 0, now: at(1) });
    expect(await schedules.findNextScanAt('second')).toBe(300);
    expect((await schedules.listDue(at(150))).map((due) => due.name)).toEqual(['first']);
  });

  test('a paused source waits until somebody asks for it', async () => {
    const database = await databases.open();
    const paused = await addSource(database, 'paused', 'paused');
    const schedules = createSourceSchedules(database);
    await schedules.setNext(paused, { nextScanAt: at(1), failures: 0, now: at(1) });
    expect(await schedules.listDue(at(2))).toEqual([]);
    expect(await schedules.findNextScanAt('paused')).toBeNull();
    await schedules.request('paused', at(2));
    expect(await schedules.listDue(at(2))).toHaveLength(1);
  });
});

async function addSource({ db }: Database, name: string, state: string): Promise<SourceId> {
  const row = await db
    .insertInto('sources')
    .values({
      name,
      title: name,
      kind: 'git',
      url: 'https://example.org',
      settings: '{}',
      schedule: '0 2 * * *',
      licence: '',
      attribution: '',
      state,
      cursor: null,
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return asId<SourceId>(row.id);
}
