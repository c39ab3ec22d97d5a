import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  article,
  createTestRepository,
  dateOf,
  instantOf,
  keysOf,
  now,
  type TestRepository,
} from './repository.fixture.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(() => repository.remove());

describe('the latest state', () => {
  test('is whole at first, then a difference, then nothing', async () => {
    const first = repository.commit({
      'a/One.md': article('One'),
      'a/Two.md': article('Two'),
      'logo.png': 'x',
    });
    const [whole] = await repository.read();
    expect(whole).toMatchObject({
      asOf: now,
      proof: first,
      extent: 'whole',
      vanished: [],
      articleCount: 2,
      warnings: [],
    });
    expect(whole?.drafts[0]).toEqual({
      key: 'a/One.md',
      url: null,
      aliases: [],
      published: { format: 'markdown', text: article('One'), includes: {}, facts: {} },
      placeTechnologies: ['a'],
    });

    const second = repository.commit({
      'a/Two.md': article('Two', 'More.'),
      'a/Three.md': article('Three'),
      'a/One.md': null,
    });
    const [difference, ...rest] = await repository.read({ cursor: first });
    expect(rest).toEqual([]);
    expect(difference).toMatchObject({ proof: second, extent: 'difference', articleCount: 2 });
    expect(keysOf(difference)).toEqual(['a/Three.md', 'a/Two.md']);
    expect(difference?.vanished).toEqual([{ key: 'a/One.md', because: null }]);

    expect(await repository.read({ cursor: second })).toEqual([]);
  });

  test('moves the cursor where no article changed', async () => {
    const first = repository.commit({ 'a.md': article('A') });
    const second = repository.commit({ 'README.md': 'new' });
    expect(await repository.read({ cursor: first })).toMatchObject([
      { proof: second, drafts: [], vanished: [], articleCount: 1 },
    ]);
  });

  test('keeps who is who over several commits, also where the ends alone would not tell', async () => {
    const first = repository.commit({
      'a.md': article('A'),
      'b.md': article('B'),
      'gone.md': article('Gone'),
    });
    repository.commit({ 'a.md': null, 'x/a2.md': article('A', 'One.') });
    repository.commit({ 'x/a2.md': null, 'y/a3.md': article('A', 'One.\n\nTwo.') });
    repository.commit({ 'y/a3.md': 'Something else entirely.\n' });
    repository.commit({ 'short-lived.md': 'x', 'gone.md': null });
    repository.commit({ 'short-lived.md': null });
    const [difference] = await repository.read({ cursor: first });
    expect(difference?.drafts.map(({ key, aliases }) => [key, aliases])).toEqual([
      ['y/a3.md', ['x/a2.md', 'a.md']],
    ]);
    expect(difference?.vanished.map(({ key }) => key).sort()).toEqual(['a.md', 'gone.md']);
  });

  test('does not confuse two articles that swap their names', async () => {
    const first = repository.commit({ 'a.md': article('First thing'), 'b.md': article('Other matter') });
    repository.commit({ 'a.md': article('Other matter'), 'b.md': article('First thing') });
    const [difference] = await repository.read({ cursor: first });
    expect(difference?.vanished).toEqual([]);
    expect(difference?.drafts.map(({ key, aliases }) => [key, aliases])).toEqual([
      ['a.md', []],
      ['b.md', []],
    ]);
  });

  test('brings an article back that was deleted in between', async () => {
    const first = repository.commit({ 'a.md': article('A') });
    repository.commit({ 'a.md': null });
    repository.commit({ 'a.md': article('A', 'new') });
    expect(await repository.read({ cursor: first })).toMatchObject([
      { vanished: [], drafts: [{ key: 'a.md' }] },
    ]);
  });
});

describe('the history', () => {
  test('shows each first-parent commit, dated with its own time', async () => {
    const one = repository.commit({ 'a.md': article('A') });
    repository.git('checkout', '-q', '-b', 'side');
    repository.commit({ 'b.md': article('B') });
    repository.commit({ 'b.md': article('B', 'x') });
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
    const merged = repository.git('rev-parse', 'HEAD');
    const last = repository.commit({ 'a.md': null, 'c/a.md': article('A') });
    const snapshots = await repository.read({ depth: 'history' });
    expect(snapshots.map(({ proof, extent, asOf }) => [proof, extent, new Date(asOf).toISOString()])).toEqual(
      [
        [one, 'whole', dateOf(1)],
        [merged, 'difference', dateOf(3)],
        [last, 'difference', dateOf(4)],
      ],
    );
    expect(snapshots.map(keysOf)).toEqual([['a.md'], ['b.md'], ['c/a.md']]);
    expect(snapshots[2]).toMatchObject({
      drafts: [{ aliases: ['a.md'] }],
      vanished: [{ key: 'a.md' }],
      articleCount: 2,
    });

    const rest = await repository.read({ depth: 'history', cursor: one });
    expect(rest.map(({ proof, extent }) => [proof, extent])).toEqual([
      [merged, 'difference'],
      [last, 'difference'],
    ]);
    expect(rest.slice(1)).toEqual(snapshots.slice(2));
  });

  test('has times that never go back, whatever the clocks said', async () => {
    repository.commit({ 'a.md': '1' }, dateOf(10));
    repository.commit({ 'a.md': '2' }, dateOf(5));
    repository.commit({ 'a.md': '3' }, '2099-01-01T00:00:00Z');
    repository.commit({ 'a.md': '4' }, dateOf(12));
    const times = (await repository.read({ depth: 'history' })).map(({ asOf }) =>
      new Date(asOf).toISOString(),
    );
    expect(times).toEqual([dateOf(10), dateOf(10), new Date(now).toISOString(), new Date(now).toISOString()]);
  });
});

describe('the state at an instant', () => {
  test('is the newest commit that was committed by then, also where dates do not grow', async () => {
    const commits = [10, 5, 30, 20].map((hour, index) =>
      repository.commit({ 'a.md': `${index}` }, dateOf(hour)),
    );
    const proofAt = async (hour: number) =>
      (await repository.read({ asOf: instantOf(dateOf(hour)) }))[0]?.proof;
    expect(await proofAt(5)).toBe(commits[1]);
    expect(await proofAt(19)).toBe(commits[1]);
    expect(await proofAt(20)).toBe(commits[3]);
    expect(await proofAt(99)).toBe(commits[3]);
    await expect(proofAt(4)).rejects.toMatchObject({ code: 'too-early' });
  });

  test('carries the instant that was asked for', async () => {
    repository.commit({ 'a.md': 'x' });
    const asOf = instantOf('2023-06-01T02:17:00Z');
    expect((await repository.read({ asOf }))[0]?.asOf).toBe(asOf);
  });

  test('may lie before the cursor: the difference then leads back', async () => {
    const one = repository.commit({ 'a.md': article('A') });
    const two = repository.commit({ 'a.md': null, 'b.md': article('B') });
    const [back] = await repository.read({ cursor: two, asOf: instantOf(dateOf(1)) });
    expect(back).toMatchObject({
      proof: one,
      extent: 'difference',
      drafts: [{ key: 'a.md' }],
      vanished: [{ key: 'b.md' }],
      warnings: [],
    });
  });
});

describe('a branch that was rewritten', () => {
  test('is compared with what it showed before', async () => {
    repository.commit({ 'a.md': article('A'), 'b.md': article('B') });
    const before = repository.commit({ 'b.md': article('B', 'x') });
    await repository.read();
    repository.git('checkout', '-q', '--orphan', 'fresh');
    const after = repository.commit({ 'a.md': article('A'), 'b.md': article('B', 'y'), 'c.md': 'c' });
    repository.git('branch', '-M', 'main');
    const [difference] = await repository.read({ cursor: before });
    expect(difference).toMatchObject({ proof: after, extent: 'difference', vanished: [], articleCount: 3 });
    expect(keysOf(difference)).toEqual(['b.md', 'c.md']);
    expect(difference?.warnings).toEqual([expect.stringContaining('rewritten')]);
  });

  test('is shown whole when the old state is nowhere any more', async () => {
    repository.commit({ 'a.md': article('A') });
    const [whole] = await repository.read({ cursor: '0123456789012345678901234567890123456789' });
    expect(whole).toMatchObject({ extent: 'whole', drafts: [{ key: 'a.md' }] });
    const [odd] = await repository.read({ cursor: '--output=/tmp/x' });
    expect(odd?.extent).toBe('whole');
  });
});

describe('includes', () => {
  test('are part of the articles that include them, from the file, the root and other includes', async () => {
    repository.commit({
      'k/a.md': '[!INCLUDE [x](../includes/one.md)]',
      'k/b.md': '[!include[x](~/includes/two.md)] [!INCLUDE [x](missing.md)]',
      'k/c.md': 'alone',
      'includes/one.md': 'one',
      'includes/two.md': 'two [!INCLUDE [x](deep/three.md)]',
      'includes/deep/three.md': 'three [!INCLUDE [x](../two.md)]',
    });
    const [whole] = await repository.read();
    const includes = Object.fromEntries(
      (whole?.drafts ?? []).map(({ key, published }) => [key, published.includes]),
    );
    expect(includes).toEqual({
      'k/a.md': { 'includes/one.md': 'one' },
      'k/b.md': {
        'includes/two.md': 'two [!INCLUDE [x](deep/three.md)]',
        'includes/deep/three.md': 'three [!INCLUDE [x](../two.md)]',
      },
      'k/c.md': {},
    });
    expect(whole?.articleCount).toBe(3);
  });

  test.each(['latest', 'history'] as const)(
    'that change show every article that includes them (%s)',
    async (depth) => {
      const first = repository.commit({
        'a.md': '[!INCLUDE [x](includes/outer.md)]',
        'b.md': 'nothing',
        'includes/outer.md': '[!INCLUDE [x](inner.md)]',
        'includes/inner.md': 'one',
      });
      repository.commit({ 'includes/inner.md': 'two' });
      const [inner] = await repository.read({ cursor: first, depth });
      expect(
        inner?.drafts.map(({ key, published }) => [key, published.includes['includes/inner.md']]),
      ).toEqual([['a.md', 'two']]);

      const third = repository.commit({ 'includes/inner.md': null });
      const [gone] = (await repository.read({ cursor: first, depth })).slice(-1);
      expect(gone?.drafts.map(({ published }) => Object.keys(published.includes))).toEqual([
        ['includes/outer.md'],
      ]);

      repository.commit({ 'includes/inner.md': 'three' });
      const [back] = await repository.read({ cursor: third, depth });
      expect(back?.drafts.map(({ published }) => published.includes['includes/inner.md'])).toEqual(['three']);
    },
  );
});

describe('what is an article', () => {
  test('no index, no part, nothing about the repository, nothing hidden', async () => {
    const others = [
      'toc.md',
      'a/TOC.md',
      'README.md',
      'a/readme.md',
      'index.md',
      'a/Index.md',
      'LICENSE.md',
      'SECURITY.md',
      'CONTRIBUTING.md',
      'includes/x.md',
      'a/includes/x.md',
      '.github/x.md',
      'a/.hidden.md',
      'a/data.yml',
      'a/x.txt',
      'a/md',
    ];
    const articles = [
      'a/security.md',
      'a/index-errors.md',
      'tocs.md',
      'a/B.MD',
      'a/c.markdown',
      'includes-explained.md',
    ];
    repository.commit(Object.fromEntries([...others, ...articles].map((path) => [path, `# ${path}`])));
    const [whole] = await repository.read();
    expect(keysOf(whole)).toEqual([...articles].sort());
  });

  test('only what the folders to take hold, and not the folders to leave', async () => {
    repository.commit(
      Object.fromEntries(
        ['a/x.md', 'a/b/y.md', 'a/b-old/z.md', 'c/d/e/v.md', 'c/w-welcome.md'].map((path) => [path, path]),
      ),
    );
    const keys = async (settings: Record<string, unknown>) =>
      keysOf((await repository.read({ source: repository.source({ settings }) }))[0]);
    expect(await keys({ include: ['a/'], exclude: ['a/b'] })).toEqual(['a/b-old/z.md', 'a/x.md']);
    expect(await keys({ include: 'a/b*, c' })).toEqual([
      'a/b-old/z.md',
      'a/b/y.md',
      'c/d/e/v.md',
      'c/w-welcome.md',
    ]);
    expect(await keys({ exclude: ['**/*-welcome.md', '**/e'] })).toEqual([
      'a/b-old/z.md',
      'a/b/y.md',
      'a/x.md',
    ]);
  });

  test('is shown anew as a whole when the settings that choose articles change', async () => {
    const commit = repository.commit({ 'a/x.md': article('X'), 'b/y.md': article('Y') });
    const [first] = await repository.read();
    expect(first?.proof).toBe(commit);
    const source = repository.source({ settings: { include: ['a'] } });
    const [narrow] = await repository.read({ source, cursor: commit });
    expect(narrow).toMatchObject({ extent: 'whole', drafts: [{ key: 'a/x.md' }], articleCount: 1 });
    expect(narrow?.proof).toMatch(/^[0-9a-f]{40}[.][0-9a-f]{8}$/);
    const cursor = narrow?.proof ?? '';
    expect(await repository.read({ source, cursor })).toEqual([]);
    repository.commit({ 'a/x.md': article('X', 'more') });
    expect(await repository.read({ source, cursor })).toMatchObject([
      { extent: 'difference', drafts: [{ key: 'a/x.md' }] },
    ]);
    expect((await repository.read({ cursor }))[0]).toMatchObject({ extent: 'whole', articleCount: 2 });
  });

  test('one that moves into an index vanishes, one that comes from one is new', async () => {
    const first = repository.commit({ 'a.md': article('A'), 'includes/b.md': article('B') });
    repository.commit({
      'a.md': null,
      'includes/b.md': null,
      'includes/a.md': article('A'),
      'b.md': article('B'),
    });
    const [difference] = await repository.read({ cursor: first });
    expect(difference).toMatchObject({ drafts: [{ key: 'b.md', aliases: [] }], vanished: [{ key: 'a.md' }] });
  });
});

describe('redirections', () => {
  const redirect = (entries: readonly object[]) => JSON.stringify({ redirections: entries });

  test('keep the identity of an article that git does not see moving', async () => {
    const first = repository.commit({
      'Mail/old/stuck.md': article('Old'),
      'Mail/b.md': article('B'),
      'Mail/out.md': article('Out'),
    });
    repository.commit({
      'Mail/old/stuck.md': null,
      'Mail/out.md': null,
      'Mail/new/stuck-mail.md': 'Rewritten from the ground up, with not one line of what it was.',
      '.openpublishing.redirection.mail.json': redirect([
        {
          source_path: 'Mail/old/stuck.md',
          redirect_url: '/exchange/troubleshoot/between/stuck-mail',
          redirect_document_id: true,
        },
        { source_path_from_root: '/between/stuck-mail.md', redirect_url: '/exchange/new/stuck-mail' },
        { source_path: 'Mail/out.md', redirect_url: 'https://other.example/out' },
        { source_path: 'Mail/b.md', redirect_url: '/self/b' },
      ]),
    });
    const [difference] = await repository.read({ cursor: first });
    expect(difference?.drafts.map(({ key, aliases }) => [key, aliases])).toEqual([
      ['Mail/new/stuck-mail.md', ['Mail/old/stuck.md', 'between/stuck-mail.md']],
    ]);
    expect(difference?.vanished).toEqual([
      { key: 'Mail/old/stuck.md', because: 'Moved to /exchange/troubleshoot/between/stuck-mail' },
      { key: 'Mail/out.md', because: 'Moved to https://other.example/out' },
    ]);
  });

  test('that are wrong are a warning', async () => {
    repository.commit({ 'a.md': 'x', '.openpublishing.redirection.json': '{' });
    expect((await repository.read())[0]?.warnings).toEqual([expect.stringContaining('is no JSON')]);
  });

  test('in an article without a text make it vanish', async () => {
    const first = repository.commit({ 'a.md': article('A'), 'b.md': article('B') });
    repository.commit({ 'a.md': '---\nredirect_url: /x/b\nredirect_document_id: true\n---\n' });
    const [difference] = await repository.read({ cursor: first });
    expect(difference).toMatchObject({
      drafts: [],
      vanished: [{ key: 'a.md', because: 'Moved to /x/b' }],
      articleCount: 1,
    });
    expect((await repository.read())[0]).toMatchObject({ drafts: [{ key: 'b.md' }], articleCount: 1 });
  });
});

describe('the page of an article', () => {
  test('is where the settings say for its folder; its former pages are aliases', async () => {
    const settings = {
      pageUrls: { 'Mail/Online': 'https://learn.example/mail/', '': 'https://learn.example' },
    };
    const source = repository.source({ settings });
    repository.commit({ 'Mail/Online/a b.md': article('A'), 'x/c.md': article('C') });
    const [whole] = await repository.read({ source });
    expect(whole?.drafts.map(({ url }) => url)).toEqual([
      'https://learn.example/mail/a%20b',
      'https://learn.example/x/c',
    ]);
    repository.commit({ 'Mail/Online/a b.md': null, 'x/d.md': article('A') });
    const [moved] = await repository.read({ source, cursor: whole?.proof ?? null });
    expect(moved?.drafts[0]?.aliases).toEqual(['Mail/Online/a b.md', 'https://learn.example/mail/a%20b']);
  });
});
