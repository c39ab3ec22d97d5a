import type { Kysely } from 'kysely';
import { type ArticleId, asId, type SourceId } from '../knowledge/ids.ts';
import { inChunks } from './insert-rows.ts';
import {
  decodeRevision,
  decodeText,
  listIncludes,
  type RevisionContent,
  unpackRevision,
} from './revision-codec.ts';
import type { Schema } from './schema.ts';

/**
 * The packed content of a revision: the chain is walked from the newest one down to it, about 30 µs a step.
 * Null when there is no such revision.
 */
export async function loadPacked(
  db: Kysely<Schema>,
  articleId: ArticleId,
  number: number,
): Promise<Buffer | null> {
  const chain = await db
    .selectFrom('revisions')
    .select(['number', 'encoding', 'content'])
    .where('article_id', '=', articleId)
    .where('number', '>=', number)
    .orderBy('number', 'desc')
    .execute();
  if (chain.at(-1)?.number !== number) return null;
  return chain.reduce<Buffer | null>((successor, row) => decodeRevision(row, successor), null);
}

/** The packed content of the newest revision of each article, with its number. */
export async function loadNewestPacked(
  db: Kysely<Schema>,
  ids: readonly ArticleId[],
): Promise<Map<ArticleId, { readonly number: number; readonly bytes: Buffer }>> {
  const found = new Map<ArticleId, { number: number; bytes: Buffer }>();
  for (const some of inChunks(ids, 500)) {
    const rows = await db
      .selectFrom('revisions')
      .select(['article_id', 'number', 'encoding', 'content'])
      .where('article_id', 'in', some)
      .where('encoding', '=', 'whole')
      .execute();
    for (const row of rows) {
      const { number } = row;
      found.set(asId(row.article_id), { number, bytes: decodeRevision(row, null) });
    }
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
