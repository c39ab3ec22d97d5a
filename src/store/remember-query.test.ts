import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { rememberQuery } from './remember-query.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { createSourceStore } from './sources.ts';

describeOnBothDatabases('a remembered query', (databases) => {
  test('is built once and answers for the values that it is asked with', async () => {
    const { db, ...database } = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource({ db, ...database }, written);
    written.show({ a: '# A', b: '# B', c: '# C' });
    await scanner.scan(source);
    let built = 0;
    const listKeys = rememberQuery((executor, after: number, limit: number) => {
      built += 1;
      return executor
        .selectFrom('articles')
        .select('key')
        .where('state', '=', 'active')
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit);
    });
    expect(await listKeys(db, 0, 2)).toEqual([{ key: 'a' }, { key: 'b' }]);
    expect(await listKeys(db, 1, 1)).toEqual([{ key: 'b' }]);
    expect(await listKeys(db, 99, 5)).toEqual([]);
    expect(built).toBe(1);
  });

  test('takes part in the transaction that it is asked within', async () => {
    const database = await databases.open();
    const sources = createSourceStore(database);
    await watchWrittenSource(database, writeSource());
    const [before] = await sources.list();
    await database.atomically(async () => {
      await sources.update(before?.name ?? '', { title: 'Another' });
      expect((await sources.list())[0]?.title).toBe('Another');
    });
  });
});
