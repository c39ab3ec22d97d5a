import type { Transaction } from 'kysely';
import type { ArticleId, SourceId } from '../knowledge/ids.ts';
import type { NewRevision } from '../knowledge/scanning/applied-snapshot.ts';
import { inStatements, insertRows } from './insert-rows.ts';
import { encodeDelta, encodeNewest, encodeText, packRevision } from './revision-codec.ts';
import { loadNewestPacked } from './revisions.ts';
import type { NewRow, Schema } from './schema.ts';

/** Adds revisions, of each article in order, and keeps the one that was newest as difference from its successor. */
export async function recordRevisions(
  tx: Transaction<Schema>,
  sourceId: SourceId,
  revisions: readonly NewRevision[],
): Promise<void> {
  const chains = Map.groupBy(revisions, (revision) => revision.articleId);
  const known = [...chains].flatMap(([id, [first]]) => (first && first.number > 1 ? [id] : []));
  const contents = await loadNewestPacked(tx, known);
  const deltas: NewRow<'revision_deltas'>[] = [];
  const included = new Map<string, string>();
  for (const [articleId, chain] of chains) {
    for (const revision of chain) {
      const packed = packRevision(revision);
      const predecessor = contents.get(articleId);
      if (predecessor) {
        const content = encodeDelta(predecessor, packed.bytes);
        deltas.push({ article_id: articleId, number: revision.number - 1, content });
      }
      contents.set(articleId, packed.bytes);
      for (const [hash, text] of packed.includes) included.set(hash, text);
    }
  }
  await recordFacts(tx, chains);
  await insertRows(tx, 'revision_deltas', deltas);
  await replaceNewest(tx, contents);
  await recordIncludes(tx, sourceId, included);
}

/** A title is written down when the next revision has another one: the newest revision has that of the article. */
async function recordFacts(
  tx: Transaction<Schema>,
  chains: ReadonlyMap<ArticleId, readonly NewRevision[]>,
): Promise<void> {
  const rows: NewRow<'revisions'>[] = [];
  for (const [articleId, chain] of chains) {
    for (const [index, revision] of chain.entries()) {
      const { number, titleBefore, document } = revision;
      const next = chain[index + 1];
      rows.push(
        revisionRow(revision, next && next.document.title !== document.title ? document.title : null),
      );
      if (index === 0 && titleBefore !== null && titleBefore !== document.title) {
        await tx
          .updateTable('revisions')
          .set({ title: titleBefore })
          .where('article_id', '=', articleId)
          .where('number', '=', number - 1)
          .execute();
      }
    }
  }
  await insertRows(tx, 'revisions', rows);
}

function revisionRow(revision: NewRevision, title: string | null): NewRow<'revisions'> {
  const { articleId, number, capturedAt, contentHash, document } = revision;
  return {
    article_id: articleId,
    number,
    captured_at: capturedAt,
    title,
    vendor_date: document.vendorDate,
    vendor_revision: document.vendorRevision,
    content_hash: Buffer.from(contentHash, 'hex'),
  };
}

async function replaceNewest(
  tx: Transaction<Schema>,
  contents: ReadonlyMap<ArticleId, Buffer>,
): Promise<void> {
  const rows = [...contents].map(([article_id, bytes]) => ({ article_id, content: encodeNewest(bytes) }));
  for (const some of inStatements(rows)) {
    await tx
      .insertInto('newest_contents')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('article_id').doUpdateSet((eb) => ({ content: eb.ref('excluded.content') })),
      )
      .execute();
  }
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
