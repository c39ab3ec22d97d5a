import type { Kysely } from 'kysely';
import { type ArticleId, asId, type SourceId } from '../knowledge/ids.ts';
import { inChunks } from './insert-rows.ts';
import {
  decodeDelta,
  decodeNewest,
  decodeText,
  listIncludes,
  type RevisionContent,
  unpackRevision,
} from './revision-codec.ts';
import type { Schema } from './schema.ts';

/**
 * The packed content of a revision: the chain is walked from the newest one down to it.
 * Null when there is no such revision.
 */
export async function loadPacked(
  db: Kysely<Schema>,
  articleId: ArticleId,
  number: number,
): Promise<Buffer | null> {
  // One statement: a scan that commits between two would leave a gap between the newest and the first difference.
  const [newest, ...deltas] = await db
    .selectFrom('newest_contents')
    .innerJoin('articles', 'articles.id', 'article_id')
    .where('article_id', '=', articleId)
    .select(['revision as number', 'content'])
    .unionAll(
      db
        .selectFrom('revision_deltas')
        .where('article_id', '=', articleId)
        .where('number', '>=', number)
        .select(['number', 'content']),
    )
    .orderBy('number', 'desc')
    .execute();
  if (!newest || (deltas.at(-1) ?? newest).number !== number) return null;
  return deltas.reduce(
    (successor, delta) => decodeDelta(delta.content, successor),
    decodeNewest(newest.content),
  );
}

/** The packed content of the newest revision of each article. */
export async function loadNewestPacked(
  db: Kysely<Schema>,
  ids: readonly ArticleId[],
): Promise<Map<ArticleId, Buffer>> {
  const found = new Map<ArticleId, Buffer>();
  for (const some of inChunks(ids, 500)) {
    const rows = await db.selectFrom('newest_contents').selectAll().where('article_id', 'in', some).execute();
    for (const row of rows) found.set(asId(row.article_id), decodeNewest(row.content));
  }
  return found;
}

/** Makes contents of packed ones: looks up the texts that they include. */
export async function unpackAll<Key>(
  db: Kysely<Schema>,
  sourceId: SourceId,
  packed: ReadonlyMap<Key, Buffer>,
): Promise<Map<Key, RevisionContent>> {
  const hashes = new Set([...packed.values()].flatMap(listIncludes));
  const texts = new Map<string, string>();
  for (const some of inChunks([...hashes], 500)) {
    const rows = await db
      .selectFrom('included_texts')
      .select(['hash', 'content'])
      .where('source_id', '=', sourceId)
      .where('hash', 'in', some)
      .execute();
    for (const row of rows) texts.set(row.hash, decodeText(row.content));
  }
  return new Map([...packed].map(([key, bytes]) => [key, unpackRevision(bytes, texts)]));
}
