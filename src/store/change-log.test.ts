import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import type { ChangeId } from '../knowledge/ids.ts';
import { createChangeLog } from './change-log.ts';
import { openDatabase } from './database.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';

describeOnBothDatabases('the change log', (databases) => {
  test('is empty at first, and is read in pages by number', async () => {
    const database = await databases.open();
    const log = createChangeLog(database);
    expect(await log.findLastChangeId()).toBeNull();
    expect(await log.listChangesAfter(null, 10)).toEqual([]);
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    written.show({ a: 'a', b: 'b', c: 'c' });
    await scanner.scan(source);
    const first = await log.listChangesAfter(null, 2);
    expect(first).toHaveLength(2);
    const rest = await log.listChangesAfter(first[1]?.id ?? null, 10);
    expect(rest.map(({ id }) => id)).toEqual([await log.findLastChangeId()]);
  });

  test('a follower that keeps the last number sees every change once while several processes scan', async () => {
    const location = await databases.locate();
    const processes = [openDatabase(location), openDatabase(location), openDatabase(location)];
    const [first, second, watching] = processes;
    if (!first || !second || !watching) throw new Error('three were opened');

    const scanAll = async (database: typeof first, name: string) => {
      const written = writeSource();
      const { source, scanner } = await watchWrittenSource(database, written, { name });
      for (let night = 1; night <= 12; night += 1) {
        written.show(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`a${n}`, `# ${night}`])));
        await scanner.scan(source);
      }
    };
    const log = createChangeLog(watching);
    const seen: ChangeId[] = [];
    const scans = Promise.all([scanAll(first, 'first'), scanAll(second, 'second')]);
    let isOver = false;
    const ending = scans.then(() => {
      isOver = true;
    });
    for (let isLast = false; !isLast; ) {
      isLast = isOver;
      const changes = await log.listChangesAfter(seen.at(-1) ?? null, 50);
      seen.push(...changes.map(({ id }) => id));
      if (changes.length > 0) isLast = false;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await ending;
    const all = await watching.db.selectFrom('changes').select('id').orderBy('id').execute();
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen.length).toBe(2 * 12 * 30);
    for (const database of processes) await database.close();
  });
});
