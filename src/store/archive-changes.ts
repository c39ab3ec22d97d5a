import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { BulkEdit, ChangeFilter, ChangeWithArticle } from '../knowledge/archive.ts';
import { type Change, type Significance, significances } from '../knowledge/change.ts';
import { type ArticleId, asId, type Instant, type ScanId } from '../knowledge/ids.ts';
import { loadArticles } from './archive-articles.ts';
import { readChanges, significanceShape } from './change-log.ts';
import { inChunks } from './insert-rows.ts';
import { rememberQuery } from './remember-query.ts';
import type { Schema } from './schema.ts';
import { dropAncestors, loadTechnologies } from './technologies.ts';

const dayMs = 86_400_000;

/** The significance and those above it. */
export function listFrom(least: Significance): Significance[] {
  return significances.slice(significances.indexOf(least));
}

/** Newest first. */
export async function listChanges(db: Kysely<Schema>, filter: ChangeFilter): Promise<ChangeWithArticle[]> {
  // With a technology the log is read along that technology's own list, which has the same order.
  const position = sql<number>`${sql.ref(filter.technologyId === undefined ? 'changes.id' : 'change_id')}`;
  let query = filterChanges(db, filter);
  if (filter.before !== undefined) query = query.where(position, '<', filter.before);
  const rows = await query.selectAll('changes').orderBy(position, 'desc').limit(filter.limit).execute();
  return addArticles(db, rows);
}

const selectChangesOfArticle = rememberQuery((db, id: number, limit: number) =>
  db.selectFrom('changes').selectAll().where('article_id', '=', id).orderBy('id', 'desc').limit(limit),
);

/** Newest first. */
export async function listChangesOfArticle(
  db: Kysely<Schema>,
  articleId: ArticleId,
  limit: number,
): Promise<Change[]> {
  return readChanges(db, await selectChangesOfArticle(db, articleId, limit));
}

/** The rows as changes with what pages show beside them; technologies without those that are above others. */
export async function addArticles(
  db: Kysely<Schema>,
  rows: readonly Selectable<Schema['changes']>[],
): Promise<ChangeWithArticle[]> {
  const articles = await loadArticles(
    db,
    rows.map((row) => row.article_id),
  );
  const links: Selectable<Schema['change_technologies']>[] = [];
  for (const some of inChunks(rows, 500)) {
    const ids = some.map((row) => row.id);
    links.push(
      ...(await db.selectFrom('change_technologies').selectAll().where('change_id', 'in', ids).execute()),
    );
  }
  const technologies = await loadTechnologies(
    db,
    links.map((link) => link.technology_id),
  );
  const linksOf = Map.groupBy(links, (link) => link.change_id);
  return (await readChanges(db, rows)).flatMap((change) => {
    const article = articles.get(change.articleId);
    if (!article) return []; // its source was removed in between
    const own = (linksOf.get(change.id) ?? []).flatMap((link) => technologies.get(link.technology_id) ?? []);
    return [{ ...change, article, technologies: dropAncestors(own) }];
  });
}

export async function countChangesByDay(
  db: Kysely<Schema>,
  filter: Omit<ChangeFilter, 'limit' | 'before'>,
): Promise<{ day: string; significance: Significance; changes: number }[]> {
  const rows = await filterChanges(db, filter)
    .select((eb) => [
      eb('occurred_at', '/', dayMs).as('day'),
      'significance',
      eb.fn.countAll<number>().as('changes'),
    ])
    .groupBy(['day', 'significance'])
    .orderBy('day')
    .orderBy('significance')
    .execute();
  return rows.map((row) => ({
    day: new Date(Number(row.day) * dayMs).toISOString().slice(0, 10),
    significance: significanceShape.parse(row.significance),
    changes: row.changes,
  }));
}

export async function listMostChangedArticles(db: Kysely<Schema>, filter: Omit<ChangeFilter, 'before'>) {
  const rows = await filterChanges(db, filter)
    .select(['article_id', (eb) => eb.fn.countAll<number>().as('changes')])
    .groupBy('article_id')
    .orderBy('changes', 'desc')
    .orderBy('article_id')
    .limit(filter.limit)
    .execute();
  const articles = await loadArticles(
    db,
    rows.map((row) => row.article_id),
  );
  return rows.flatMap(({ article_id, changes }) => {
    const article = articles.get(article_id);
    return article ? [{ article, changes }] : [];
  });
}

export async function listBulkEdits(
  db: Kysely<Schema>,
  filter: {
    readonly limit: number;
    readonly scanId?: ScanId;
    readonly occurredFrom?: Instant;
    readonly occurredBefore?: Instant;
  },
): Promise<BulkEdit[]> {
  let query = db.selectFrom('bulk_edits').selectAll();
  if (filter.scanId !== undefined) query = query.where('scan_id', '=', filter.scanId);
  if (filter.occurredFrom !== undefined) query = query.where('occurred_at', '>=', filter.occurredFrom);
  if (filter.occurredBefore !== undefined) query = query.where('occurred_at', '<', filter.occurredBefore);
  return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(readBulkEdit);
}

export function readBulkEdit(row: Selectable<Schema['bulk_edits']>): BulkEdit {
  return {
    id: asId(row.id),
    scanId: asId(row.scan_id),
    significance: significanceShape.parse(row.significance),
    sentence: row.sentence,
    articleCount: row.article_count,
    occurredAt: asId(row.occurred_at),
  };
}

export function filterChanges(
  db: Kysely<Schema>,
  filter: Omit<ChangeFilter, 'limit' | 'before'>,
): SelectQueryBuilder<Schema, 'changes', object> {
  const { technologyId, kinds, leastSignificance, occurredFrom, occurredBefore } = filter;
  let q: SelectQueryBuilder<Schema, 'changes', object> = db.selectFrom('changes');
  if (technologyId !== undefined) {
    q = q.innerJoin('change_technologies', (join) =>
      join.onRef('change_id', '=', 'changes.id').on('technology_id', '=', technologyId),
    );
  }
  if (filter.articleId !== undefined) q = q.where('article_id', '=', filter.articleId);
  if (filter.articleIds) q = q.where('article_id', 'in', filter.articleIds);
  if (filter.sourceId !== undefined) q = q.where('source_id', '=', filter.sourceId);
  if (filter.scanId !== undefined) q = q.where('scan_id', '=', filter.scanId);
  if (filter.bulkEditId !== undefined) q = q.where('bulk_edit_id', '=', filter.bulkEditId);
  if (filter.withoutBulkEdits) q = q.where('bulk_edit_id', 'is', null);
  if (kinds) q = kinds.length > 0 ? q.where('changes.kind', 'in', kinds) : q.where(sql<boolean>`1 = 0`);
  if (leastSignificance) q = q.where('significance', 'in', listFrom(leastSignificance));
  if (occurredFrom !== undefined) q = q.where('occurred_at', '>=', occurredFrom);
  if (occurredBefore !== undefined) q = q.where('occurred_at', '<', occurredBefore);
  if (filter.onlyAlerting) q = q.where('alerts', '=', 1);
  return q;
}
