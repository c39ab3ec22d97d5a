import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { watchWrittenSource, writeSource } from '../store/scanning.fixture.ts';
import { createSourceStore } from '../store/sources.ts';
import { buildIndexState } from './build-index-state.ts';
import { composeSearch } from './compose-search.ts';
import { createIndexKeeper, type SharedIndex } from './search-index-keeper.ts';
import { openSharedIndex } from './search-service.ts';

const read = (key: string, text: string) => [key, text] as const;
const nights = [
  [
    read('a.md', '# Printer is offline\n\nRestart the spooler.'),
    read('b.md', '# Mail is delayed\n\nWait.'),
    read('c.md', '# Calendar is empty\n\nOpen [the printer](a.md).'),
    read('d.md', '# Sign-in fails with 0x80070005\n\nAsk an administrator.'),
    read('e.md', '# Sync stops\n\nStart it again.'),
  ],
  [
    read('a.md', '# Printer is offline\n\nRestart the spooler and the router.'),
    read('c.md', '# Calendar shows nothing\n\nOpen [the printer](a.md).'),
    read('moved/e.md', '# Sync stops\n\nStart it again.'),
    read('f.md', '# Teams is silent\n\nChoose a loudspeaker.'),
  ],
  [
    read('a.md', '# Printer is offline\n\nRestart the spooler and the router.'),
    read('b.md', '# Mail is delayed\n\nWait longer.'),
    read('d.md', '# Sign-in fails with 0x80070005\n\nAsk an administrator.'),
    read('f.md', '# Teams is silent\n\nChoose a loudspeaker.'),
  ],
];
const queries = [
  'printer spooler',
  'router',
  'mail',
  'wait longer',
  'calendar',
  '"shows nothing"',
  'sign-in 0x80070005',
  'sync',
  'moved sync',
  'teams',
  'is:retired mail',
  'is:retired sync',
  'is:retired sign-in',
  'title:calendar OR title:printer',
  '-printer',
];

function answer(index: SharedIndex | null, query: string) {
  if (!index) throw new Error('There is no index.');
  const { hits, near, total, facets } = openSharedIndex(index).search({ query, limit: 10 });
  return { hits, near, total, facets };
}

describeOnBothDatabases('the index of an archive', (databases) => {
  async function begin() {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    const scan = async (articles: readonly (readonly [string, string])[]) => {
      written.show(Object.fromEntries(articles.map(([key, text]) => [key, aliased(key, text)])));
      const outcome = await scanner.scan(source, { asOf: null });
      expect(outcome.kind).toBe('done');
    };
    return { database, source, scan, search: composeSearch(database) };
  }

  test('that followed the change log is the one built anew, through edits, moves, retirements and returns', async () => {
    const { scan, search } = await begin();
    const followed = createIndexKeeper(search);
    for (const [night, articles] of nights.entries()) {
      await scan(articles);
      const now = night === 0 ? await followed.build() : await followed.follow();
      const anew = await createIndexKeeper(search).build();
      for (const query of queries) expect([query, answer(now, query)]).toEqual([query, answer(anew, query)]);
    }
    expect(await followed.follow()).toBeNull();
  });

  test('finds what came, and nothing that went, at the next look', async () => {
    const { scan, search } = await begin();
    const keeper = createIndexKeeper(search);
    await scan(nights[0] ?? []);
    expect(answer(await keeper.build(), 'mail').total).toBe(1);
    await scan(nights[1] ?? []);
    const second = await keeper.follow();
    expect([answer(second, 'mail').total, answer(second, 'is:retired mail').total]).toEqual([0, 1]);
    expect([answer(second, 'teams').total, answer(second, 'router').total]).toEqual([1, 1]);
    await scan(nights[2] ?? []);
    expect(answer(await keeper.follow(), 'mail').total).toBe(1);
  });

  test('joins what following leaves behind a little at a time, and is the one built anew all along', async () => {
    const { scan, search } = await begin();
    let built = 0;
    const keeper = createIndexKeeper(search, () => {
      built += 1;
      return buildIndexState(search);
    });
    const expectAsBuiltAnew = async (index: SharedIndex | null) => {
      const anew = await createIndexKeeper(search).build();
      for (const query of ['error', 'seventh', 'printer', 'version nine'])
        expect([query, answer(index, query)]).toEqual([query, answer(anew, query)]);
    };
    const articles = new Map(
      Array.from({ length: 120 }, (_, at) => read(`${at}.md`, `# Printer ${at}\n\nNo error so far.`)),
    );
    await scan([...articles]);
    await keeper.build();
    expect(await keeper.tidy()).toBeNull();

    for (let night = 0; night < 16; night += 1) {
      articles.set(`${night}.md`, `# Printer ${night}\n\nThe seventh error.`);
      await scan([...articles]);
      await keeper.follow();
    }
    expect(keeper.readState().segments).toHaveLength(17);
    const rounds: (SharedIndex | null)[] = [await keeper.tidy(), await keeper.tidy()];
    // Read already, to be read, and new: all three change before it is done.
    for (const name of ['0.md', '119.md', 'new.md']) {
      articles.set(name, `# Printer ${name}\n\nVersion nine.`);
      await scan([...articles]);
      await expectAsBuiltAnew(await keeper.follow());
    }
    while (!rounds.at(-1)) rounds.push(await keeper.tidy());
    expect(rounds.length).toBeGreaterThan(3);
    expect(keeper.readState().segments.length).toBeLessThan(6);
    await expectAsBuiltAnew(rounds.at(-1) ?? null);
    expect(await keeper.tidy()).toBeNull();
    expect(built).toBe(1);
  });

  test('replaces segments of which most was replaced, whatever their number', async () => {
    const { scan, search } = await begin();
    const keeper = createIndexKeeper(search);
    const name = (at: number) => `${at}.md`;
    const show = (text: string) =>
      scan(Array.from({ length: 60 }, (_, at) => read(name(at), `# Printer ${at}\n\n${text}`)));
    await show('Wait.');
    await keeper.build();
    await show('Wait longer.');
    await keeper.follow();
    let joined: SharedIndex | null = null;
    for (let step = 0; step < 5 && !joined; step += 1) joined = await keeper.tidy();
    expect(keeper.readState().segments).toHaveLength(1);
    expect(answer(joined, 'longer').total).toBe(60);
  });

  test('goes on from what was kept, unless that is of another database or by other names', async () => {
    const { scan, search } = await begin();
    await scan(nights[0] ?? []);
    const first = createIndexKeeper(search);
    await first.build();
    const kept = first.readState();
    await scan(nights[1] ?? []);
    const second = createIndexKeeper(search);
    expect(answer(await second.resume(kept), 'mail').total).toBe(1);
    expect(answer(await second.follow(), 'mail').total).toBe(0);

    const other = await begin();
    await other.scan(nights[2] ?? []);
    expect(await createIndexKeeper(other.search).resume(kept)).toBeNull();

    const renamed = createIndexKeeper({
      ...search,
      async loadVocabulary() {
        const vocabulary = await search.loadVocabulary();
        return { ...vocabulary, groups: [...vocabulary.groups, ['spooler', 'print queue']] };
      },
    });
    expect(await renamed.resume(kept)).toBeNull();
  });

  test('is built anew when a name becomes another name of something', async () => {
    const { scan, search } = await begin();
    await scan(nights[0] ?? []);
    let groups: string[][] = [];
    const keeper = createIndexKeeper({
      ...search,
      async loadVocabulary() {
        const vocabulary = await search.loadVocabulary();
        return { ...vocabulary, groups: [...vocabulary.groups, ...groups] };
      },
    });
    expect(answer(await keeper.build(), 'queue').total).toBe(0);
    groups = [['spooler', 'queue']];
    await scan([...(nights[0] ?? []), read('z.md', '# Something else\n\nText.')]);
    expect(answer(await keeper.follow(), 'queue').total).toBe(1);
  });

  test('forgets the articles of a source that is removed', async () => {
    const { database, scan, search } = await begin();
    await scan(nights[0] ?? []);
    const keeper = createIndexKeeper(search);
    expect(answer(await keeper.build(), 'mail').total).toBe(1);
    await createSourceStore(database).remove('written');
    expect(answer(await keeper.follow(), 'mail').total).toBe(0);
    expect(await keeper.follow()).toBeNull();
  });

  test('knows which articles have a remedy', async () => {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written, { name: 'starter' });
    written.show({
      'windows/windows-update-0x80070002.md': '# Windows Update fails with 0x80070002\n\nText.',
      'other.md': '# Other\n\nText.',
    });
    await scanner.scan(source, { asOf: null });
    const keeper = createIndexKeeper(composeSearch(database));
    expect(answer(await keeper.build(), 'has:remedy').total).toBe(1);
  });
});

/** e.md moves with a proof; the others are known by their keys. */
function aliased(key: string, text: string) {
  return {
    aliases: key.startsWith('moved/') ? [key.slice('moved/'.length)] : [],
    published: { format: 'markdown' as const, text, includes: {}, facts: {} },
  };
}
