import { type Kysely, sql } from 'kysely';
import type { Article } from '../knowledge/article.ts';
import type { Significance } from '../knowledge/change.ts';
import { type ArticleId, asId, type Instant, type TechnologyId } from '../knowledge/ids.ts';
import { listFrom } from './archive-changes.ts';
import { readArticle } from './articles.ts';
import { rememberQuery } from './remember-query.ts';
import type { Schema } from './schema.ts';

/** How many changes from `since` on have at least the significance, for each technology and those above it. */
export async function countChangesByTechnology(db: Kysely<Schema>, since: Instant, least: Significance) {
  const rows = await db
    .selectFrom('changes')
    .innerJoin('change_technologies', 'change_id', 'changes.id')
    .where('occurred_at', '>=', since)
    .where('significance', 'in', listFrom(least))
    .groupBy('technology_id')
    .select(['technology_id', (eb) => eb.fn.countAll<number>().as('changes')])
    .orderBy('changes', 'desc')
    .orderBy('technology_id')
    .execute();
  return rows.map((row) => ({
    technologyId: asId<TechnologyId>(row.technology_id),
    changes: row.changes,
  }));
}

const selectTechnologyIds = rememberQuery((db, id: number) =>
  db.selectFrom('article_technologies').select('technology_id').where('article_id', '=', id),
);

export async function listTechnologyIdsOfArticle(
  db: Kysely<Schema>,
  articleId: ArticleId,
): Promise<TechnologyId[]> {
  const links = await selectTechnologyIds(db, articleId);
  return links.map((link) => asId(link.technology_id));
}

/** Active articles that apply to each technology or one below it, each counted once. */
export async function countArticlesByTechnology(db: Kysely<Schema>): Promise<Map<TechnologyId, number>> {
  const { rows } = await sql<{ technology_id: number; articles: number }>`
    with recursive above (technology_id, ancestor_id) as (
      select id, id from technologies
      union
      select above.technology_id, technologies.parent_id
      from above join technologies on technologies.id = above.ancestor_id
      where technologies.parent_id is not null)
    select ancestor_id as technology_id, count(distinct article_id) as articles
    from article_technologies
    join above on above.technology_id = article_technologies.technology_id
    join articles on articles.id = article_id and articles.state = 'active'
    group by ancestor_id`.execute(db);
  return new Map(rows.map((row) => [asId(row.technology_id), row.articles]));
}

/** Active articles that apply to the technology or one below it, by id. */
export async function listArticlesOfTechnology(
  db: Kysely<Schema>,
  id: TechnologyId,
  page: { readonly limit: number; readonly after: ArticleId | null },
): Promise<Article[]> {
  const rows = await db
    .withRecursive('below', (cte) =>
      cte
        .selectFrom('technologies')
        .where('id', '=', id)
        .select('id as technology_id')
        .union(
          cte
            .selectFrom('technologies')
            .innerJoin('below', 'below.technology_id', 'technologies.parent_id')
            .select('technologies.id as technology_id'),
        ),
    )
    .selectFrom('articles')
    .where('state', '=', 'active')
    .where('id', '>', page.after ?? 0)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('article_technologies')
        .where('technology_id', 'in', (inner) => inner.selectFrom('below').select('technology_id'))
        .select('article_id'),
    )
    .selectAll()
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map(readArticle);
}
