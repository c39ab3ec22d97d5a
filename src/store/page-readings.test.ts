import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createReadingKeeper } from '../knowledge/kept-readings/create-reading-keeper.ts';
import { readForPage } from '../knowledge/reading/page-reading.ts';
import { openStore } from './open-store.ts';
import { createPageReadings } from './page-readings.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { verifyReadings } from './verifying/verify-readings.ts';

const text = '---\n__proto__: x\n---\n# A "title"\n\n## Cause\n\nSee [b](b.md). ![i](i.png)';

describeOnBothDatabases('readings of pages', (databases) => {
  async function openWorld() {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    const { archive, sources } = openStore(database);
    let ticks = 1_000_000;
    const now = () => {
      ticks += 1;
      return asId<Instant>(ticks);
    };
    const startProcess = (madeBy = 'v1') => {
      const readings = createPageReadings(database, { madeBy, clock: { now } });
      const keep = createReadingKeeper({ archive, shelf: readings, pause: async () => {} });
      return { readings, keep: async () => (await keep(AbortSignal.timeout(20_000))).made };
    };
    const load = async (key: string, number?: number) => {
      const [article] = await archive.findArticlesByName(key);
      if (!article) throw new Error(`There is no ${key}.`);
      const revision = await archive.loadRevision(article.id, number ?? article.revision);
      if (!revision) throw new Error(`There is no such revision of ${key}.`);
      return { article, revision, reading: readForPage(revision, article.key) };
    };
    return {
      database,
      startProcess,
      load,
      async show(articles: Parameters<typeof written.show>[0]) {
        written.show(articles);
        await scanner.scan(source);
      },
      removeSource: () => sources.remove(source.name),
      countRows: async () =>
        (await database.db.selectFrom('page_readings').select('article_id').execute()).length,
    };
  }

  test('are made once, and are what the page would read itself', async () => {
    const { startProcess, load, show } = await openWorld();
    await show({ 'a.md': text, 'b.md': '# B' });
    const { readings, keep } = startProcess();
    const { article, revision, reading } = await load('a.md');
    expect(await readings.findReading(article, revision)).toBeNull();
    expect([await keep(), await keep(), await startProcess().keep()]).toEqual([2, 0, 0]);
    expect(await readings.findReading(article, revision)).toEqual(reading);
  });

  test('are of the newest revision, made anew after each scan that changes it', async () => {
    const { startProcess, load, show } = await openWorld();
    await show({ 'a.md': text, 'b.md': '# B' });
    const { readings, keep } = startProcess();
    await keep();
    await show({ 'a.md': `${text} More.`, 'b.md': '# B' });
    const { article, revision, reading } = await load('a.md');
    expect(await readings.findReading(article, revision)).toBeNull();
    expect(await keep()).toBe(1);
    expect(await readings.findReading(article, revision)).toEqual(reading);
    const older = await load('a.md', 1);
    expect(await readings.findReading(article, older.revision)).toBeNull();
    await readings.keepReading(article, older.revision, older.reading); // a worker that was slow
    expect(await readings.findReading(article, revision)).toEqual(reading);
  });

  test('are for one key, text and version of the program only', async () => {
    const { startProcess, load, show } = await openWorld();
    await show({ 'a.md': text });
    const { readings, keep } = startProcess();
    await keep();
    const { article, revision } = await load('a.md');
    expect(await readings.findReading({ ...article, key: 'c/a.md' }, revision)).toBeNull();
    expect(await readings.findReading(article, { ...revision, contentHash: '00' })).toBeNull();
    expect(await startProcess('v2').readings.findReading(article, revision)).toBeNull();
  });

  test('of another version are made anew by one that starts later, and not in turns', async () => {
    const { startProcess, load, show } = await openWorld();
    await show({ 'a.md': text });
    const before = startProcess('v1');
    expect(await before.keep()).toBe(1);
    const after = startProcess('v2');
    expect(await after.keep()).toBe(1);
    await show({ 'a.md': text, 'b.md': '# B' });
    expect([await before.keep(), await after.keep(), await before.keep()]).toEqual([1, 0, 0]);
    const { article, revision } = await load('a.md');
    expect(await after.readings.findReading(article, revision)).not.toBeNull();
  });

  test('go with their source', async () => {
    const { startProcess, show, removeSource, countRows, load } = await openWorld();
    await show({ 'a.md': text });
    const { keep, readings } = startProcess();
    await keep();
    const { article, revision, reading } = await load('a.md');
    expect(await countRows()).toBe(1);
    await removeSource();
    await readings.keepReading(article, revision, reading);
    expect(await countRows()).toBe(0);
  });

  test('that are damaged are none, and verifying finds them and those that tell something else', async () => {
    const { database, startProcess, load, show } = await openWorld();
    await show({ 'a.md': text, 'b.md': '# B', 'c.md': '# C' });
    const { readings, keep } = startProcess();
    await keep();
    const verify = (madeBy: string) => verifyReadings(database, { madeBy, onProgress: () => {} });
    expect(await verify('v1')).toEqual({ subject: 'readings of pages', checked: 3, wrong: 0, faults: [] });
    const { article, revision } = await load('a.md');
    const row = await database.db
      .selectFrom('page_readings')
      .select('content')
      .where('article_id', '=', article.id)
      .executeTakeFirstOrThrow();
    const content = Buffer.from(row.content);
    const at = Math.floor(content.length / 2);
    content[at] = (content[at] ?? 0) ^ 1;
    await database.db
      .updateTable('page_readings')
      .set({ content })
      .where('article_id', '=', article.id)
      .execute();
    expect(await readings.findReading(article, revision)).toBeNull();
    const [b, c] = [await load('b.md'), await load('c.md')];
    await readings.keepReading(b.article, b.revision, c.reading);
    expect(await verify('v1')).toMatchObject({
      checked: 3,
      wrong: 2,
      faults: [
        `The reading kept for the page of article ${article.id} can't be read.`,
        `The reading kept for the page of article ${b.article.id} tells something else than its revision.`,
      ],
    });
    expect(await verify('v2')).toMatchObject({ checked: 0, wrong: 0 });
  });
});
