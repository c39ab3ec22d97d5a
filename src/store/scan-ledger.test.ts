import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createArchive } from './archive.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';

const article = (title: string, body: string, extra = '') =>
  `---\ntitle: ${title}\n${extra}---\n# ${title}\n\n${body}\n`;

describeOnBothDatabases('scans', (databases) => {
  test('the first scan is a baseline, the second tells what changed', async () => {
    const database = await databases.open();
    const archive = createArchive(database);
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);

    written.show({ a: article('A', 'Old text.'), b: article('B', 'Same.') });
    const first = await scanner.scan(source);
    expect(first).toMatchObject({
      kind: 'done',
      scan: { state: 'done', baseline: true, counts: { snapshots: 1, created: 2 }, articleCount: 2 },
    });
    expect(await archive.listChanges({ limit: 10, onlyAlerting: true })).toEqual([]);

    expect(await scanner.scan(source)).toMatchObject({ kind: 'unchanged' });

    written.show({ a: article('A', 'New text.'), b: article('B', 'Same.'), c: article('C', 'New.') });
    expect(await scanner.scan(source)).toMatchObject({
      kind: 'done',
      scan: { baseline: false, counts: { created: 1, 'revised-material': 1 } },
    });
    const changes = await archive.listChanges({ limit: 10, onlyAlerting: true });
    expect(changes.map(({ kind, article: { key } }) => `${kind} ${key}`).sort()).toEqual([
      'created c',
      'revised a',
    ]);
    const a = (await archive.findArticlesByName('a'))[0];
    expect(a).toMatchObject({ key: 'a', title: 'A', revision: 2 });
    if (!a) return;
    const old = await archive.loadRevision(a.id, 1);
    expect(old?.published.text).toBe(article('A', 'Old text.'));
    expect((await archive.loadRevision(a.id, 2))?.published.text).toBe(article('A', 'New text.'));
    expect(await archive.loadRevision(a.id, 3)).toBeNull();
  });
});
