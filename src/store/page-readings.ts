import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { Clock } from '../knowledge/clock.ts';
import { asId } from '../knowledge/ids.ts';
import type { KeptReadings, ReadingShelf } from '../knowledge/kept-readings/reading-shelf.ts';
import type { PageReading } from '../knowledge/reading/page-reading.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import { rememberQuery } from './remember-query.ts';

const selectReading = rememberQuery((db, id: number) =>
  db.selectFrom('page_readings').selectAll().where('article_id', '=', id),
);

/**
 * Readings of newest revisions, kept for their pages. `madeBy` names the version of all that makes a reading: those of
 * another one are never handed out.
 */
export function createPageReadings(
  { db }: Pick<Database, 'db'>,
  settings: { readonly madeBy: string; readonly clock: Clock },
): KeptReadings & ReadingShelf {
  const { clock } = settings;
  const startedAt = clock.now();
  return {
    async findReading(article, { number, contentHash }) {
      const [row] = await selectReading(db, article.id);
      const isOfRevision =
        row?.revision === number &&
        row.key === article.key &&
        row.made_by === settings.madeBy &&
        Buffer.from(row.content_hash).toString('hex') === contentHash;
      return isOfRevision ? unpackReading(row.content) : null;
    },

    findLogEnd: () => findLastChangeId(db),

    async listUnread({ after, limit }) {
      const rows = await db
        .selectFrom('articles as a')
        .innerJoin('revisions as r', (join) =>
          join.onRef('r.article_id', '=', 'a.id').onRef('r.number', '=', 'a.revision'),
        )
        .leftJoin('page_readings as p', 'p.article_id', 'a.id')
        .where('a.id', '>', after ?? asId(0))
        .where((eb) =>
          eb.or([
            eb('p.article_id', 'is', null),
            eb('p.revision', '<>', eb.ref('a.revision')),
            eb('p.key', '<>', eb.ref('a.key')),
            eb('p.content_hash', '<>', eb.ref('r.content_hash')),
            eb.and([eb('p.made_by', '<>', settings.madeBy), eb('p.made_at', '<', startedAt)]),
          ]),
        )
        .select(['a.id', 'a.revision'])
        .orderBy('a.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ articleId: asId(row.id), revision: row.revision }));
    },

    async keepReading(article, { number, contentHash }, reading) {
      await db
        .insertInto('page_readings')
        .columns(['article_id', 'revision', 'key', 'content_hash', 'made_by', 'made_at', 'content'])
        .expression((eb) =>
          eb
            .selectFrom('articles')
            .where('id', '=', article.id)
            .where('revision', '=', number)
            .where('key', '=', article.key)
            .select([
              'id',
              'revision',
              'key',
              eb.val(Buffer.from(contentHash, 'hex')).as('content_hash'),
              eb.val(settings.madeBy).as('made_by'),
              eb.val(clock.now()).as('made_at'),
              eb.val(packReading(reading)).as('content'),
            ]),
        )
        .onConflict((conflict) =>
          conflict
            .column('article_id')
            .doUpdateSet((eb) => ({
              revision: eb.ref('excluded.revision'),
              key: eb.ref('excluded.key'),
              content_hash: eb.ref('excluded.content_hash'),
              made_by: eb.ref('excluded.made_by'),
              made_at: eb.ref('excluded.made_at'),
              content: eb.ref('excluded.content'),
            }))
            .whereRef('excluded.revision', '>=', 'page_readings.revision'),
        )
        .execute();
    },
  };
}

const strings = z.array(z.string());
const readingShape = z.object({
  facts: z.object({
    title: z.string(),
    description: z.nullable(z.string()),
    language: z.string(),
    appliesTo: strings,
    externalIds: strings,
    vendorDate: z.nullable(z.string()),
    vendorRevision: z.nullable(z.string()),
    // Pairs and not a record, which would make something else of a name such as "__proto__".
    facts: z.array(z.tuple([z.string(), z.string()])),
  }),
  body: z.object({
    html: z.string(),
    headings: z.array(z.object({ level: z.number(), text: z.string(), anchor: z.string() })),
    links: strings,
    images: z.array(z.object({ src: z.string(), alt: z.string(), isInsideLink: z.boolean() })),
  }),
});

/** With a checksum: unlike a revision, a reading has no hash of its own that would tell that a bit was lost. */
function packReading({ facts, body }: PageReading): Buffer {
  const packed = JSON.stringify({ facts: { ...facts, facts: Object.entries(facts.facts) }, body });
  return zstdCompressSync(packed, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** null: damaged, or from a program that kept something else; the page reads the revision itself. */
export function unpackReading(content: Uint8Array): PageReading | null {
  try {
    const { facts, body } = readingShape.parse(JSON.parse(zstdDecompressSync(content).toString('utf8')));
    return { facts: { ...facts, facts: Object.fromEntries(facts.facts) }, body };
  } catch {
    return null;
  }
}
