import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { type ApiWorld, createApiWorld } from '../../tests/factories/api-world.ts';
import { openDatabase } from '../store/database.ts';
import { watchWrittenSource, writeSource } from '../store/scanning.fixture.ts';

type Page = { items: { id: number; article: { id: number } }[]; next: string; hasMore: boolean };

async function scanNights(
  database: Parameters<typeof watchWrittenSource>[0],
  { name, nights, articles }: { name: string; nights: number; articles: number },
): Promise<void> {
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written, { name });
  for (let night = 1; night <= nights; night += 1) {
    const texts = Array.from({ length: articles }, (_, n) => [
      `${name}-${n}`,
      `# Night ${night}\n\nText ${n}.`,
    ]);
    written.show(Object.fromEntries(texts));
    await scanner.scan(source);
  }
}

async function readLines({ request }: ApiWorld, path: string): Promise<{ id: number }[]> {
  const answer = await request(path, { headers: { accept: 'application/x-ndjson' } });
  const text = await answer.text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describeOnBothDatabases('the cursor of changes', (databases) => {
  test('neither skips nor repeats anything while two processes commit', async () => {
    const location = await databases.locate();
    const processes = [openDatabase(location), openDatabase(location), openDatabase(location)];
    const [first, second, serving] = processes;
    if (!first || !second || !serving) throw new Error('three were opened');
    const world = await createApiWorld({ database: serving });

    let isOver = false;
    const scans = Promise.all([
      scanNights(first, { name: 'first', nights: 8, articles: 20 }),
      scanNights(second, { name: 'second', nights: 8, articles: 20 }),
    ]).then(() => {
      isOver = true;
    });
    const seen: number[] = [];
    const ofFirst: number[] = [];
    let after = '0';
    let afterOfFirst = '0';
    for (let isLast = false; !isLast; ) {
      isLast = isOver;
      world.wait(61_000); // rates are tested elsewhere
      const page: Page = await world.read(`/changes?after=${after}&limit=17`);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
      if (page.hasMore) isLast = false;
      const sources = await world.ports.archive.listSources();
      if (!sources.some(({ name }) => name === 'first')) continue;
      const own: Page = await world.read(`/changes?after=${afterOfFirst}&limit=17&source=first`);
      ofFirst.push(...own.items.map(({ id }) => id));
      afterOfFirst = own.next;
      if (own.hasMore) isLast = false;
    }
    await scans;
    const all = await serving.db.selectFrom('changes').select(['id', 'source_id']).orderBy('id').execute();
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen.length).toBe(2 * 8 * 20);
    const source = await world.ports.archive.findSource('first');
    expect(ofFirst).toEqual(all.filter((row) => row.source_id === source?.id).map(({ id }) => id));
    world.wait(61_000);
    expect((await readLines(world, '/changes')).map(({ id }) => id)).toEqual(seen);
    expect((await readLines(world, `/changes?after=${seen[100]}`)).map(({ id }) => id)).toEqual(
      seen.slice(101),
    );
    for (const database of processes) await database.close();
  });

  test('begins where the log was at an instant, whatever the clock did', async () => {
    const world = await createApiWorld({ database: await databases.open() });
    const article = await world.ledger.addArticle();
    const times = [100, 300, 200, 400, 50, 500];
    const ids: number[] = [];
    for (const recordedAt of times) {
      ids.push(await world.ledger.recordChange({ articleId: article, technologies: [], recordedAt }));
    }
    const since = async (instant: number) => {
      world.wait(61_000);
      const iso = new Date(instant).toISOString();
      return (await world.read<Page>(`/changes?since=${iso}`)).items.map(({ id }) => id);
    };
    expect(await since(0)).toEqual(ids);
    expect(await since(150)).toEqual(ids.slice(1));
    expect(await since(350)).toEqual(ids.slice(3));
    expect(await since(501)).toEqual([]);
  });
});

describeOnBothDatabases('an answer that was had before', (databases) => {
  test('is 304 until something of it changes', async () => {
    const database = await databases.open();
    const world = await createApiWorld({ database });
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    written.show({ a: '# One\n\nBefore.' });
    await scanner.scan(source);
    for (const path of ['/articles', '/articles/1', '/changes', '/sources']) {
      const before = await world.request(path);
      const etag = before.headers.get('etag') ?? '';
      expect(etag).toMatch(/^W\/"/);
      const headers = { 'if-none-match': etag };
      const again = await world.request(path, { headers });
      expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
      expect(again.headers.get('access-control-allow-origin')).toBe('*');
      expect(again.headers.get('ratelimit')).toContain('"anybody";r=');
    }
    const etag = (await world.request('/articles/1')).headers.get('etag') ?? '';
    written.show({ a: '# One\n\nAfter, and something else.' });
    await scanner.scan(source);
    const changed = await world.request('/articles/1', { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
  });
});
