import type { Transaction } from 'kysely';
import type { ArticleId, SourceId } from '../knowledge/ids.ts';
import type { NewRevision } from '../knowledge/scanning/applied-snapshot.ts';
import { insertRows } from './insert-rows.ts';
import {
  encodeBefore,
  encodeText,
  encodeWhole,
  type PackedRevision,
  packRevision,
} from './revision-codec.ts';
import { loadNewestPacked } from './revisions.ts';
import type { NewRow, Schema } from './schema.ts';

/** Adds revisions, of each article in order, and packs the one that was newest against its successor. */
export async function recordRevisions(
  tx: Transaction<Schema>,
  sourceId: SourceId,
  revisions: readonly NewRevision[],
): Promise<void> {
  const chains = Map.groupBy(revisions, (revision) => revision.articleId);
  const known = [...chains].flatMap(([articleId, [first]]) => (first && first.number > 1 ? [articleId] : []));
  const predecessors = await loadNewestPacked(tx, known);
  const rows: NewRow<'revisions'>[] = [];
  const included = new Map<string, string>();
  for (const [articleId, chain] of chains) {
    let successor: PackedRevision | null = null;
    for (const revision of chain.toReversed()) {
      const packed = packRevision(revision);
      for (const [key, text] of packed.includes) included.set(key, text);
      rows.push(revisionRow(revision, packed, successor));
      successor = packed;
    }
    const predecessor = predecessors.get(articleId);
    if (predecessor && successor) await repack(tx, { articleId, ...predecessor }, successor.bytes);
  }
  await insertRows(tx, 'revisions', rows);
  await recordIncludes(tx, sourceId, included);
}

function revisionRow(
  revision: NewRevision,
  { bytes }: PackedRevision,
  successor: PackedRevision | null,
): NewRow<'revisions'> {
  const { articleId, number, capturedAt, contentHash, document } = revision;
  return {
    article_id: articleId,
    number,
    captured_at: capturedAt,
    title: document.title,
    vendor_date: document.vendorDate,
    vendor_revision: document.vendorRevision,
    content_hash: contentHash,
    encoding: successor ? 'successor' : 'whole',
    content: successor ? encodeBefore(bytes, successor.bytes) : encodeWhole(bytes),
  };
}

async function repack(
  tx: Transaction<Schema>,
  predecessor: { readonly articleId: ArticleId; readonly number: number; readonly bytes: Buffer },
  successor: Buffer,
): Promise<void> {
  const { articleId, number, bytes } = predecessor;
  await tx
    .updateTable('revisions')
    .set({ encoding: 'successor', content: encodeBefore(bytes, successor) })
    .where('article_id', '=', articleId)
    .where('number', '=', number)
    .execute();
}

async function recordIncludes(
  tx: Transaction<Schema>,
  sourceId: SourceId,
  included: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = [...included].map(([key, text]) => ({
    source_id: sourceId,
    hash: key,
    content: encodeText(text),
  }));
  await insertRows(tx, 'included_texts', rows, { ignoring: 'those that are there' });
}
