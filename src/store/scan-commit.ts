import type { ArticleId, SourceId } from '../knowledge/ids.ts';
import type { KnownArticle } from '../knowledge/scanning/known-article.ts';
import { inChunks, inStatements, insertRows } from './insert-rows.ts';
import { recordChanges } from './record-changes.ts';
import { recordRevisions } from './record-revisions.ts';
import { idOf, recordTechnologies } from './record-technologies.ts';
import type { NewRow } from './schema.ts';
import type { SnapshotsToCommit } from './snapshots-to-commit.ts';
import { applyCorrections } from './technology-corrections.ts';
import { applyRules, lockRules } from './technology-rules.ts';

/**
 * Writes everything that snapshots do, and the cursor that proves it. Several snapshots may share the transaction:
 * each is in it wholly and in order, so whatever a crash leaves behind is the state after a whole snapshot, with the
 * cursor of that snapshot.
 */
export async function commitSnapshots(work: SnapshotsToCommit): Promise<void> {
  const { tx, sourceId, scanId, commit } = work;
  const { snapshots, counts, warnings, isLast, recordedAt } = commit;
  const technologyIds = await recordTechnologies(tx, commit.technologies);
  await recordArticles(work, technologyIds);
  const revisions = snapshots.flatMap((snapshot) => snapshot.revisions);
  await recordRevisions(tx, sourceId, revisions);
  await recordChanges(work, technologyIds);

  const last = snapshots.at(-1);
  if (last) {
    await tx.updateTable('sources').set({ cursor: last.proof }).where('id', '=', sourceId).execute();
  }
  await tx
    .updateTable('scans')
    .set({
      counts: JSON.stringify(counts),
      warnings: JSON.stringify(warnings),
      ...(last && { as_of: last.asOf, proof: last.proof, article_count: last.articleCount }),
      ...(isLast && { state: 'done', ended_at: recordedAt }),
    })
    .where('id', '=', scanId)
    .execute();
}

async function recordArticles(
  { tx, kind, sourceId, commit }: SnapshotsToCommit,
  technologyIds: ReadonlyMap<string, number>,
): Promise<void> {
  const articles = new Map<ArticleId, KnownArticle>();
  const replaced = new Set<ArticleId>();
  for (const snapshot of commit.snapshots) {
    for (const article of snapshot.articles) articles.set(article.id, article);
    for (const { articleId, kind } of snapshot.changes) {
      if (kind === 'moved' || kind === 'retired') replaced.add(articleId);
    }
  }
  // Only active articles have a key for themselves: those that give theirs up do so before others take it.
  for (const ids of inChunks([...replaced], 500)) {
    await tx.updateTable('articles').set({ state: 'retired' }).where('id', 'in', ids).execute();
  }
  const rows = [...articles.values()].map((article) => articleRow(sourceId, article));
  for (const some of inStatements(rows)) {
    await tx
      .insertInto('articles')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          key: eb.ref('excluded.key'),
          title: eb.ref('excluded.title'),
          external_ids: eb.ref('excluded.external_ids'),
          url: eb.ref('excluded.url'),
          state: eb.ref('excluded.state'),
          retired_because: eb.ref('excluded.retired_because'),
          revision: eb.ref('excluded.revision'),
          changed_at: eb.ref('excluded.changed_at'),
        })),
      )
      .execute();
  }
  const aliases = [...articles.values()].flatMap((article) => aliasRows(sourceId, article));
  await insertRows(tx, 'article_aliases', aliases, { ignoring: 'those that are there' });

  const links = [...articles.values()].flatMap(({ id, technologies }) =>
    technologies.map((slug) => ({ article_id: id, technology_id: idOf(technologyIds, slug) })),
  );
  for (const ids of inChunks([...articles.keys()], 500)) {
    await tx.deleteFrom('article_technologies').where('article_id', 'in', ids).execute();
  }
  await insertRows(tx, 'article_technologies', links);
  // A rule that was made while the scan went on.
  await lockRules({ kind, db: tx }, sourceId);
  for (const ids of inChunks([...articles.keys()], 500)) await applyRules(tx, ids);
  for (const ids of inChunks([...articles.keys()], 500)) await applyCorrections(tx, ids);
}

function articleRow(sourceId: SourceId, article: KnownArticle) {
  return {
    id: article.id,
    source_id: sourceId,
    key: article.key,
    title: article.title,
    external_ids: JSON.stringify(article.externalIds),
    url: article.url,
    state: article.state,
    retired_because: article.retiredBecause,
    revision: article.revision,
    created_at: article.createdAt,
    changed_at: article.changedAt,
  };
}

/** Every name that it has or had: a name once given finds the article for ever. */
function aliasRows(sourceId: SourceId, article: KnownArticle): NewRow<'article_aliases'>[] {
  const row = (kind: string, value: string) => ({ article_id: article.id, source_id: sourceId, kind, value });
  const names = [article.key, ...(article.url === null ? [] : [article.url]), ...article.aliases];
  return [
    ...names.map((name) => row(/^https?:/.test(name) ? 'url' : 'key', name)),
    ...article.externalIds.map((id) => row('external-id', id)),
  ];
}
