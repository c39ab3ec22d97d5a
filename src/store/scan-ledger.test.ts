import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant, type ScanId } from '../knowledge/ids.ts';
import { SourceError } from '../knowledge/source.ts';
import { createArchive } from './archive.ts';
import type { Database } from './database.ts';
import { LeaseLostError } from './leases.ts';
import { createScanLedger } from './scan-ledger.ts';
import { makeScanner, watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { createSourceStore } from './sources.ts';

const article = (title: string, body: string, extra = '') =>
  `---\ntitle: ${title}\n${extra}---\n# ${title}\n\n${body}\n`;

describeOnBothDatabases('scans', (databases) => {
  test('the first scan is a baseline, the second tells what changed', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    written.show({ a: article('A', 'Restart the server.'), b: article('B', 'Same.') });
    expect(await scanner.scan(source)).toMatchObject({
      kind: 'done',
      scan: { state: 'done', baseline: true, counts: { snapshots: 1, created: 2 }, articleCount: 2 },
    });
    expect(await archive.listChanges({ limit: 10, onlyAlerting: true })).toEqual([]);
    expect(await scanner.scan(source)).toMatchObject({ kind: 'unchanged', scan: { state: 'unchanged' } });

    written.show({
      a: article('A', 'Never restart it: install update KB5001234.'),
      b: article('B', 'Same.'),
      c: article('C', 'New.'),
    });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'done', scan: { baseline: false } });
    const changes = await archive.listChanges({ limit: 10, onlyAlerting: true });
    expect(changes.map(({ kind, article: { key } }) => `${kind} ${key}`).sort()).toEqual([
      'created c',
      'revised a',
    ]);
    expect(await archive.findArticlesByName('a')).toMatchObject([{ key: 'a', title: 'A', revision: 2 }]);
  });

  test('every revision is kept, also one whose change nobody can see', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    const texts = [
      article('A', 'Same.', 'ms.date: 01/01/2021\n'),
      article('A', 'Same.', 'ms.date: 02/01/2021\n'),
      article('A', 'Other.', 'ms.date: 02/01/2021\n'),
    ];
    for (const text of [...texts, texts[2] ?? '']) {
      written.show({ a: text });
      await scanner.scan(source);
    }
    const [a] = await archive.findArticlesByName('a');
    if (!a) throw new Error('not found');
    const revisions = await archive.listRevisions(a.id);
    expect(revisions.map(({ number, vendorDate }) => [number, vendorDate])).toEqual([
      [3, '2021-02-01'],
      [2, '2021-02-01'],
      [1, '2021-01-01'],
    ]);
    for (const [index, text] of texts.entries()) {
      expect((await archive.loadRevision(a.id, index + 1))?.published.text).toBe(text);
    }
    const changes = await archive.listChanges({ limit: 10, articleId: a.id });
    expect(changes.map(({ kind, fromRevision, toRevision }) => [kind, fromRevision, toRevision])).toEqual([
      ['revised', 2, 3],
      ['revised', 1, 2],
      ['created', null, 1],
    ]);
    expect(changes[1]?.significance).toBe('invisible');
    expect(changes[0]?.significance).not.toBe('invisible');
  });

  test('an article that moves stays the same one and is found by its former names', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    const other = article('Other', 'Text.');
    written.show({ old: article('A', 'Text.'), other });
    await scanner.scan(source);
    const [before] = await archive.findArticlesByName('old');
    const published = { format: 'markdown', text: article('A', 'Text.'), includes: {}, facts: {} } as const;
    written.show({ 'new/place': { aliases: ['old'], published }, other });
    expect(await scanner.scan(source)).toMatchObject({ scan: { counts: { moved: 1 } } });

    const [after] = await archive.findArticlesByName('https://kb.example/old');
    expect(after).toMatchObject({ id: before?.id, key: 'new/place', state: 'active', revision: 1 });
    expect(await archive.findArticlesByName('old')).toEqual([after]);
    const [change] = await archive.listChanges({ limit: 1 });
    expect(change).toMatchObject({ kind: 'moved', fromRevision: 1, toRevision: 1 });

    written.show({ 'new/place': { published }, other, old: article('Young', 'Another article.') });
    await scanner.scan(source);
    const found = await archive.findArticlesByName('old');
    expect(found.map(({ title }) => title)).toEqual(['Young', 'A']);
  });

  test('an article that vanishes is retired, and restored when it comes back', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    const a = article('A', 'Text.');
    const b = article('B', 'Text.', 'ms.date: 01/01/2021\n');
    written.show({ a, b });
    await scanner.scan(source);
    written.show({ a });
    await scanner.scan(source);
    expect(await archive.countArticles()).toEqual({ active: 1, retired: 1, revisions: 2 });
    expect(await archive.findArticlesByName('b')).toMatchObject([{ state: 'retired' }]);
    written.show({ a, b });
    await scanner.scan(source);
    expect(await archive.countArticles()).toEqual({ active: 2, retired: 0, revisions: 2 });
    const kinds = (await archive.listChanges({ limit: 10 })).map(({ kind }) => kind);
    expect(kinds).toEqual(['restored', 'retired', 'created', 'created']);
  });

  test('a source that is suddenly small is held and retires nothing until somebody accepts it', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`a${n}`, article(`A${n}`, 'Text.')]),
    );
    written.show(many);
    await scanner.scan(source);
    const few = Object.fromEntries(Object.entries(many).slice(0, 47));
    written.show({ ...few, fresh: article('Fresh', 'Text.') });
    const held = await scanner.scan(source);
    expect(held).toMatchObject({ kind: 'held', scan: { state: 'held', articleCount: 48, counts: {} } });
    if (held.kind !== 'held') return;
    expect(held.scan.problem).toMatch(/^13 of 60 articles are gone .*more than the 12/);
    expect(await archive.countArticles()).toMatchObject({ active: 60, retired: 0 });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'held' });

    const accepted = await scanner.acceptHeldScan(held.scan.id);
    expect(accepted).toMatchObject({ kind: 'done', scan: { counts: { retired: 13, created: 1 } } });
    expect(await archive.countArticles()).toMatchObject({ active: 48, retired: 13 });
    if (accepted.kind !== 'done') return;
    expect(await scanner.acceptHeldScan(accepted.scan.id)).toMatchObject({ kind: 'not-held' });
    expect(await scanner.acceptHeldScan(asId<ScanId>(9999))).toEqual({ kind: 'not-found' });
  });

  test('an empty source is never believed, so that the first real scan stays the baseline', async () => {
    const { source, scanner, written } = await start(await databases.open());
    written.show({});
    expect(await scanner.scan(source)).toMatchObject({ kind: 'held', scan: { baseline: true } });
    written.show({ a: article('A', 'Text.') });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'done', scan: { baseline: true } });
    written.show({});
    expect(await scanner.scan(source)).toMatchObject({ kind: 'held' });
  });

  test('a source says itself how many articles may vanish', async () => {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written, {
      settings: { maxRetired: 0, maxRetiredShare: 0.5 },
    });
    written.show({ a: 'a', b: 'b', c: 'c', d: 'd' });
    await scanner.scan(source);
    written.show({ a: 'a', b: 'b' });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'done' });
    written.show({ e: 'e' });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'held' });
  });

  test('a source that can not be read leaves a failed scan with its sentence, and nothing else', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    written.show({ a: 'a' });
    await scanner.scan(source);
    written.failWith(new SourceError('BRANCH_GONE', 'There is no branch "main" any more.'));
    expect(await scanner.scan(source)).toMatchObject({
      kind: 'failed',
      scan: { state: 'failed', problem: 'There is no branch "main" any more.' },
    });
    written.failWith(new TypeError('x is not a function'));
    await expect(scanner.scan(source)).rejects.toThrow('x is not a function');
    const [broken] = await archive.listScans({ sourceId: source.id, limit: 1 });
    expect(broken).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('x is not a function'),
    });
    expect(await archive.countArticles()).toMatchObject({ active: 1, retired: 0 });
    written.show({ a: 'a', b: 'b' });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'done', scan: { baseline: false } });
  });

  test('history is imported whole, alerts nobody, and the next night alerts again', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    for (let n = 1; n <= 5; n += 1) written.show({ a: article('A', `Text ${n}.`), [`b${n % 2}`]: 'b' });
    expect(await scanner.importHistory(source)).toMatchObject({
      kind: 'done',
      scan: { baseline: true, counts: { snapshots: 5 } },
    });
    expect(await archive.listChanges({ limit: 100, onlyAlerting: true })).toEqual([]);
    const [a] = await archive.findArticlesByName('a');
    if (!a) throw new Error('not found');
    for (let n = 1; n <= 5; n += 1) {
      const revision = await archive.loadRevision(a.id, n);
      expect(revision).toMatchObject({ capturedAt: n, published: { text: article('A', `Text ${n}.`) } });
    }
    written.show({ a: article('A', 'Text 6.'), b1: 'b' });
    expect(await scanner.importHistory(source)).toMatchObject({ scan: { counts: { snapshots: 1 } } });
    written.show({ a: article('A', 'Text 7.'), b1: 'b' });
    await scanner.scan(source);
    expect(await archive.listChanges({ limit: 100, onlyAlerting: true })).toMatchObject([
      { kind: 'revised', occurredAt: 7, toRevision: 7 },
    ]);
    written.show({ a: article('A', 'Text 8.'), b1: 'b' });
    expect(await scanner.importHistory(source)).toMatchObject({
      kind: 'unchanged',
      scan: { problem: expect.stringContaining('not scanned before') },
    });
  });

  test('a scan as of an instant shows the source as it stood then', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    written.show({ a: 'one' }, 100);
    written.show({ a: 'two' }, 200);
    written.show({ a: 'three' }, 300);
    await scanner.scan(source, { asOf: asId<Instant>(150) });
    await scanner.scan(source, { asOf: asId<Instant>(250) });
    const changes = await archive.listChanges({ limit: 10 });
    expect(changes.map(({ kind, occurredAt, alerts }) => [kind, occurredAt, alerts])).toEqual([
      ['revised', 200, true],
      ['created', 100, false],
    ]);
  });

  test('one process at a time scans a source; one that was killed is taken over and can keep nothing more', async () => {
    const database = await databases.open();
    const { archive, source, scanner, written } = await start(database);
    written.show({ a: 'a' });
    const request = { sourceId: source.id, depth: 'latest', startedAt: asId<Instant>(1) } as const;
    const killed = await createScanLedger(database).openScan(request);
    if (killed.kind !== 'opened') throw new Error('not opened');
    expect(await scanner.scan(source)).toMatchObject({ kind: 'busy' });

    await database.db.updateTable('leases').set({ expires_at: 1 }).execute();
    expect(await scanner.scan(source)).toMatchObject({ kind: 'done' });
    expect(await archive.findScan(killed.session.scanId)).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('ended before it was done'),
    });
    const late = {
      state: 'unchanged',
      endedAt: asId<Instant>(2),
      problem: null,
      warnings: [],
      seen: null,
    } as const;
    await expect(killed.session.end(late)).rejects.toThrow(LeaseLostError);
    expect(await archive.findScan(killed.session.scanId)).toMatchObject({ state: 'failed' });
  });

  test('a scan that is stopped says so, and the next one goes on', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    written.show({ a: 'a' });
    const stopped = scanner.scan(source, { signal: AbortSignal.abort(new Error('stop')) });
    await expect(stopped).rejects.toThrow('stop');
    expect((await archive.listScans({ limit: 1 }))[0]).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('was stopped before it was done'),
    });
    expect(await scanner.scan(source)).toMatchObject({ kind: 'done', scan: { baseline: true } });
  });

  test('two scanners at once: one scans, the other is told so or finds nothing to do', async () => {
    const database = await databases.open();
    const { archive, source, written } = await start(database);
    written.show({ a: 'a', b: 'b' });
    const outcomes = await Promise.all([1, 2, 3].map(() => makeScanner(database, written).scan(source)));
    const kinds = outcomes.map(({ kind }) => kind).sort();
    expect(kinds.filter((kind) => kind === 'done')).toEqual(['done']);
    expect(await archive.countArticles()).toEqual({ active: 2, retired: 0, revisions: 2 });
  });

  test('two articles with one number are both kept, with a warning', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    const text = (title: string) => article(title, '_Original KB number:_ &nbsp; 910336\n\nText.');
    written.show({ a: text('A'), b: text('B') });
    expect(await scanner.scan(source)).toMatchObject({
      kind: 'done',
      scan: { warnings: ['"b" and "a" both call themselves KB910336; both were kept.'] },
    });
    const found = await archive.findArticlesByName('kb910336');
    expect(found.map(({ key }) => key).sort()).toEqual(['a', 'b']);
    expect(await archive.findArticlesByName('910336')).toHaveLength(2);
  });

  test('what can not be read in an article is kept all the same, with a warning', async () => {
    const { archive, source, scanner, written } = await start(await databases.open());
    const broken = '---\ntitle: "never closed\nms.date: [\n---\n# A\n\nText.\n';
    written.show({ a: broken });
    expect(await scanner.scan(source)).toMatchObject({
      kind: 'done',
      scan: { warnings: expect.arrayContaining([expect.stringMatching(/^a: .*front matter/i)]) },
    });
    const [a] = await archive.findArticlesByName('a');
    expect(a && (await archive.loadRevision(a.id, 1))?.published.text).toBe(broken);
  });

  test('a removed source takes everything with it', async () => {
    const database = await databases.open();
    const { archive, source, scanner, written } = await start(database);
    written.show({ a: article('A', 'Text.'), b: 'b' });
    await scanner.scan(source);
    written.show({ a: article('A', 'Other.'), b: 'b' });
    await scanner.scan(source);
    expect(await createSourceStore(database).remove('written')).toBe(true);
    expect(await createSourceStore(database).remove('written')).toBe(false);
    expect(await archive.countArticles()).toEqual({ active: 0, retired: 0, revisions: 0 });
    expect(await archive.listChanges({ limit: 10 })).toEqual([]);
  });
});

async function start(database: Database) {
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written);
  return { archive: createArchive(database), source, scanner, written };
}
