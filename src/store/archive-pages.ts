import { type Kysely, sql } from 'kysely';
import type { ArticleFilter, ChangeFilter, ChangeWithArticle } from '../knowledge/archive.ts';
import type { Article } from '../knowledge/article.ts';
import { asId, type ChangeId, type Instant } from '../knowledge/ids.ts';
import { addArticles, filterChanges } from './archive-changes.ts';
import { readArticle } from './articles.ts';
import type { Schema } from './schema.ts';

/** By id. */
export async function listArticlePage(db: Kysely<Schema>, filter: ArticleFilter): Promise<Article[]> {
  let query = db
    .selectFrom('articles')
    .selectAll()
    .where('id', '>', filter.after ?? 0);
  if (filter.sourceId !== undefined) query = query.where('source_id', '=', filter.sourceId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.technologyId !== undefined) {
    query = query.where(
      sql<boolean>`articles.id in (
        with recursive below (id) as (
          select cast(${filter.technologyId} as bigint)
          union
          select technologies.id from technologies join below on technologies.parent_id = below.id)
        select article_id from article_technologies where technology_id in (select id from below))`,
    );
  }
  return (await query.orderBy('id').limit(filter.limit).execute()).map(readArticle);
}

/** Oldest first. */
export async function listChangesAfter(
  db: Kysely<Schema>,
  { after, ...filter }: Omit<ChangeFilter, 'before'> & { readonly after: ChangeId | null },
): Promise<ChangeWithArticle[]> {
  // With a technology the log is read along that technology's own list, which has the same order.
  const position = sql<number>`${sql.ref(filter.technologyId === undefined ? 'changes.id' : 'change_id')}`;
  const rows = await filterChanges(db, filter)
    .where(position, '>', after ?? 0)
    .selectAll('changes')
    .orderBy(position)
    .limit(filter.limit)
    .execute();
  return addArticles(db, rows);
}

/** The number before the first change that was recorded at `since` or later, else the last number of all. */
export async function findLogPosition(db: Kysely<Schema>, since: Instant): Promise<ChangeId | null> {
  const { first, last } = await db
    .selectNoFrom((eb) => [
      // The least number, not the one with the earliest time: clocks may have been set back.
      eb
        .selectFrom('changes')
        .where('recorded_at', '>=', since)
        .select((inner) => inner.fn.min('id').as('id'))
        .as('first'),
      eb
        .selectFrom('changes')
        .select((inner) => inner.fn.max('id').as('id'))
        .as('last'),
    ])
    .executeTakeFirstOrThrow();
  if (first === null) return last === null ? null : asId(last);
  return first > 1 ? asId(first - 1) : null;
}
