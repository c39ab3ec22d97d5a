import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import type { PublishedText } from '../knowledge/article.ts';
import { createArchive } from './archive.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';

const publishedTexts: fc.Arbitrary<PublishedText> = fc.record({
  format: fc.constantFrom('markdown', 'html', 'text'),
  text: fc.string({ unit: 'grapheme', maxLength: 300 }),
  includes: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 50 }), {
    noNullPrototype: true,
    maxKeys: 3,
  }),
  facts: fc.dictionary(fc.constantFrom('severity', 'keywords', 'vendor-revision'), fc.string(), {
    noNullPrototype: true,
  }),
});

describeOnBothDatabases('revisions', (databases) => {
  test('whatever was published is read back exactly, in any chain and any batch', async () => {
    const database = await databases.open();
    const archive = createArchive(database);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(publishedTexts, { minLength: 1, maxLength: 8 }),
        fc.nat(8),
        async (texts, imported) => {
          const written = writeSource();
          const { source, scanner } = await watchWrittenSource(database, written, { name: `s${run++}` });
          const key = `article-${run}`;
          for (const [index, published] of texts.entries()) {
            written.show({ [key]: { published } });
            if (index === imported) await scanner.importHistory(source);
            if (index > imported) await scanner.scan(source);
          }
          if (imported >= texts.length) await scanner.importHistory(source);
          const distinct = texts.filter((text, n) => n === 0 || !isSame(text, texts[n - 1]));
          const [article] = await archive.findArticlesByName(key);
          if (!article) throw new Error('not found');
          expect(article.revision).toBe(distinct.length);
          for (const [index, published] of distinct.entries()) {
            expect((await archive.loadRevision(article.id, index + 1))?.published).toEqual(published);
          }
        },
      ),
      { numRuns: database.kind === 'sqlite' ? 25 : 10 },
    );
  });

  test('a text that many articles include is kept once', async () => {
    const database = await databases.open();
    const archive = createArchive(database);
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    const note = (words: string) => ({
      format: 'markdown' as const,
      text: '# A\n\n[!INCLUDE [note](includes/note.md)]\n',
      includes: { 'includes/note.md': words.repeat(50) },
      facts: {},
    });
    const show = (words: string) =>
      written.show(
        Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`a${n}`, { published: note(words) }])),
      );
    show('Ask your administrator. ');
    await scanner.scan(source);
    show('Ask somebody else. ');
    await scanner.scan(source);
    const texts = await database.db.selectFrom('included_texts').selectAll().execute();
    expect(texts).toHaveLength(2);
    const [article] = await archive.findArticlesByName('a7');
    if (!article) throw new Error('not found');
    expect((await archive.loadRevision(article.id, 1))?.published).toEqual(note('Ask your administrator. '));
    expect((await archive.loadRevision(article.id, 2))?.published).toEqual(note('Ask somebody else. '));
  });

  test('a revision that is not what was kept is refused, not shown', async () => {
    const database = await databases.open();
    const archive = createArchive(database);
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    written.show({ a: '# One' });
    await scanner.scan(source);
    await database.db
      .updateTable('revisions')
      .set({ content_hash: Buffer.alloc(32) })
      .execute();
    const [article] = await archive.findArticlesByName('a');
    if (!article) throw new Error('not found');
    await expect(archive.loadRevision(article.id, 1)).rejects.toThrow(/is damaged/);
  });
});

function isSame(a: PublishedText, b: PublishedText | undefined): boolean {
  const sorted = (record: PublishedText['facts']) => Object.entries(record).sort();
  const parts = (of: PublishedText) => [of.format, of.text, sorted(of.includes), sorted(of.facts)];
  return b !== undefined && JSON.stringify(parts(a)) === JSON.stringify(parts(b));
}
