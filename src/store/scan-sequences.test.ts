import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import type { ArticleDraft } from '../knowledge/article.ts';
import { asId } from '../knowledge/ids.ts';
import { createArchive } from './archive.ts';
import { makeScanner, watchWrittenSource, writeSource } from './scanning.fixture.ts';

/** One night: which articles there are, what they say, and which one moved to a new key. */
type Night = { readonly texts: Readonly<Record<string, string>>; readonly moves: readonly string[] };

const nights: fc.Arbitrary<Night[]> = fc.array(
  fc.record({
    texts: fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fc.constantFrom('One.', 'Two.', 'Three.'),
      {
        minKeys: 1,
        noNullPrototype: true,
      },
    ),
    moves: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 1 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describeOnBothDatabases('any sequence of nights', (databases) => {
  test('leaves the archive as the source is, with every change told once and every chain whole', async () => {
    const database = await databases.open();
    const archive = createArchive(database);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(nights, fc.nat(12), async (sequence, imported) => {
        const written = writeSource();
        const options = { name: `s${run++}`, settings: { maxRetiredShare: 1 } };
        const { source } = await watchWrittenSource(database, written, options);
        const places = new Map<string, string>();
        let moves = 0;
        for (const [index, { texts, moves: moving }] of sequence.entries()) {
          const drafts: Record<string, Partial<ArticleDraft>> = {};
          for (const [name, text] of Object.entries(texts)) {
            const before = places.get(name) ?? name;
            if (moving.includes(name)) places.set(name, `${name}-${++moves}`);
            const key = places.get(name) ?? name;
            const published = {
              format: 'markdown',
              text: `# ${name}\n\n${text}`,
              includes: {},
              facts: {},
            } as const;
            drafts[key] = { published, aliases: key === before ? [] : [before] };
          }
          written.show(drafts);
          // A new scanner each night: nothing may live in the memory of the one before.
          const scanner = makeScanner(database, written);
          if (index === imported) await scanner.importHistory(source);
          if (index > imported) await scanner.scan(source);
          if (index < imported) continue;

          const active = await database.db
            .selectFrom('articles')
            .selectAll()
            .where('source_id', '=', source.id)
            .where('state', '=', 'active')
            .execute();
          const shown = Object.entries(drafts).map(([key, { published }]) => [key, published?.text]);
          const kept = await Promise.all(
            active.map(async ({ id, key, revision }) => [
              key,
              (await archive.loadRevision(asId(id), revision))?.published.text,
            ]),
          );
          expect(kept.sort()).toEqual(shown.sort());
        }
        const changes = (await archive.listChanges({ sourceId: source.id, limit: 1000 })).reverse();
        const all = await database.db
          .selectFrom('articles')
          .selectAll()
          .where('source_id', '=', source.id)
          .execute();
        for (const article of all) {
          const own = changes.filter(({ articleId }) => articleId === article.id);
          expect(own[0]).toMatchObject({ kind: 'created', toRevision: 1 });
          expect(own.filter(({ kind }) => kind === 'created')).toHaveLength(1);
          for (const [n, change] of own.entries()) {
            if (n > 0) expect(change.fromRevision).toBeLessThanOrEqual(own[n - 1]?.toRevision ?? 0);
          }
          expect(own.at(-1)?.toRevision).toBe(article.revision);
          const revisions = await archive.listRevisions(asId(article.id));
          expect(revisions.map(({ number }) => number)).toEqual(
            Array.from({ length: article.revision }, (_, n) => article.revision - n),
          );
        }
      }),
      { numRuns: database.kind === 'sqlite' ? 12 : 8 },
    );
  });
});
