import { type Kysely, sql } from 'kysely';
import type { TechnologyRule, TechnologyRuleBook } from '../community/curation.ts';
import { asId, type SourceId } from '../knowledge/ids.ts';
import type { TechnologyRules } from '../knowledge/scanning/technology-rules.ts';
import type { Database } from './database.ts';
import { inChunks, insertRows } from './insert-rows.ts';
import type { Schema } from './schema.ts';
import { applyCorrections, judgeReports, logCorrections } from './technology-corrections.ts';

/** What curators say of whole sources; see TechnologyRuleBook for what each function answers. */
export function createTechnologyRuleBook({ kind, db }: Pick<Database, 'kind' | 'db'>): TechnologyRuleBook {
  return {
    async listRules() {
      const rows = await db
        .selectFrom('technology_rules as r')
        .innerJoin('sources as s', 's.id', 'r.source_id')
        .innerJoin('technologies as t', 't.id', 'r.technology_id')
        .leftJoin('technologies as i', 'i.id', 'r.instead_id')
        .select(['r.id', 'r.made_at', 'r.articles', 's.name as source', 's.title as source_title'])
        .select(['t.name as technology', 'i.name as instead'])
        .orderBy('s.title')
        .orderBy('t.name')
        .execute();
      return rows.map(
        (row): TechnologyRule => ({
          id: row.id,
          source: { name: row.source, title: row.source_title },
          technology: row.technology,
          instead: row.instead,
          madeAt: asId(row.made_at),
          articles: row.articles,
        }),
      );
    },
    makeRule: ({ sourceId, technologyId, insteadId, curatorId, now }) =>
      db.transaction().execute(async (tx) => {
        if (!(await lockRules({ kind, db: tx }, sourceId))) return { kind: 'not-found' };
        const others = await tx
          .selectFrom('technology_rules')
          .select(['technology_id', 'instead_id'])
          .where('source_id', '=', sourceId)
          .execute();
        if (others.some((other) => other.technology_id === technologyId)) return { kind: 'there-is-one' };
        const isChained = others.some(
          (other) => other.instead_id === technologyId || other.technology_id === insteadId,
        );
        if (isChained || technologyId === insteadId) return { kind: 'leads-on' };
        const rule = {
          source_id: sourceId,
          technology_id: technologyId,
          instead_id: insteadId,
          curator_id: curatorId,
          made_at: now,
        };
        const { id } = await tx
          .insertInto('technology_rules')
          .values({ ...rule, articles: 0 })
          .returning('id')
          .executeTakeFirstOrThrow();
        const articles = await tx
          .selectFrom('articles')
          .innerJoin('article_technologies as l', 'l.article_id', 'articles.id')
          .select(['articles.id', 'articles.source_id', 'articles.revision'])
          .where('articles.source_id', '=', sourceId)
          .where('l.technology_id', '=', technologyId)
          .where(isNotInsisted)
          .orderBy('articles.id')
          .execute();
        for (const some of inChunks(articles, 500)) {
          const ids = some.map((article) => article.id);
          await applyRules(tx, ids);
          await applyCorrections(tx, ids);
          await judgeReports(tx, ids, { verdict: 'right', now });
          const technologies = [technologyId, ...(insteadId === null ? [] : [insteadId])];
          await logCorrections(tx, some, { technologies, now });
        }
        await tx
          .updateTable('technology_rules')
          .set({ articles: articles.length })
          .where('id', '=', id)
          .execute();
        return { kind: 'made', id, articles: articles.length };
      }),
    async withdrawRule(id) {
      const { numDeletedRows } = await db
        .deleteFrom('technology_rules')
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}

/** No curator said of the article itself that it is about the technology: that stands above a rule. */
const isNotInsisted = sql<boolean>`not exists (select 1 from technology_corrections c
  where c.article_id = l.article_id and c.technology_id = l.technology_id and c.applies = 1)`;

/** Lets nobody else make a rule for the source before this transaction ends. False: there is no such source. */
export async function lockRules(
  { kind, db }: Pick<Database, 'kind' | 'db'>,
  sourceId: SourceId,
): Promise<boolean> {
  const query = db.selectFrom('sources').select('id').where('id', '=', sourceId);
  const source = await (kind === 'postgres' ? query.forNoKeyUpdate() : query).executeTakeFirst();
  return source !== undefined;
}

export async function loadTechnologyRules(db: Kysely<Schema>, sourceId: SourceId): Promise<TechnologyRules> {
  const rows = await db
    .selectFrom('technology_rules as r')
    .innerJoin('technologies as t', 't.id', 'r.technology_id')
    .leftJoin('technologies as i', 'i.id', 'r.instead_id')
    .select(['t.slug', 'i.slug as instead'])
    .where('r.source_id', '=', sourceId)
    .execute();
  return new Map(rows.map(({ slug, instead }) => [slug, instead]));
}

/** Makes the technologies of the articles what the rules of their sources say. */
export async function applyRules(tx: Kysely<Schema>, articleIds: readonly number[]): Promise<void> {
  const ruled = await tx
    .selectFrom('article_technologies as l')
    .innerJoin('articles as a', 'a.id', 'l.article_id')
    .innerJoin('technology_rules as r', (join) =>
      join.onRef('r.source_id', '=', 'a.source_id').onRef('r.technology_id', '=', 'l.technology_id'),
    )
    .select(['l.article_id', 'l.technology_id', 'r.instead_id'])
    .where('l.article_id', 'in', articleIds)
    .where(isNotInsisted)
    .execute();
  for (const [technologyId, some] of Map.groupBy(ruled, (row) => row.technology_id)) {
    const ids = some.map((row) => row.article_id);
    await tx
      .deleteFrom('article_technologies')
      .where('technology_id', '=', technologyId)
      .where('article_id', 'in', ids)
      .execute();
  }
  const added = ruled.flatMap(({ article_id, instead_id }) =>
    instead_id === null ? [] : [{ article_id, technology_id: instead_id }],
  );
  await insertRows(tx, 'article_technologies', added, { ignoring: 'those that are there' });
}
