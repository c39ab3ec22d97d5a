import type { Kysely } from 'kysely';
import { asId, type SourceId } from '../knowledge/ids.ts';
import type { KnownArticle } from '../knowledge/scanning/known-article.ts';
import { readArticle } from './articles.ts';
import type { Schema } from './schema.ts';

/** What a scan needs to know of the articles of a source, oldest first. */
export async function loadKnownArticles(db: Kysely<Schema>, sourceId: SourceId): Promise<KnownArticle[]> {
  const rows = await db
    .selectFrom('articles')
    .innerJoin('revisions', (join) =>
      join
        .onRef('revisions.article_id', '=', 'articles.id')
        .onRef('revisions.number', '=', 'articles.revision'),
    )
    .where('source_id', '=', sourceId)
    .selectAll('articles')
    .select('content_hash')
    .orderBy('changed_at')
    .execute();
  const aliases = await db
    .selectFrom('article_aliases')
    .select(['article_id', 'value'])
    .where('source_id', '=', sourceId)
    .where('kind', 'in', ['key', 'url'])
    .execute();
  const technologies = await db
    .selectFrom('article_technologies')
    .innerJoin('technologies', 'technologies.id', 'technology_id')
    .innerJoin('articles', 'articles.id', 'article_id')
    .where('source_id', '=', sourceId)
    .select(['article_id', 'technologies.slug'])
    .execute();
  const corrections = await db
    .selectFrom('technology_corrections')
    .innerJoin('technologies', 'technologies.id', 'technology_id')
    .innerJoin('articles', 'articles.id', 'article_id')
    .where('source_id', '=', sourceId)
    .select(['article_id', 'technologies.slug', 'applies'])
    .execute();
  const correctionsOf = Map.groupBy(corrections, (correction) => correction.article_id);
  const aliasesOf = Map.groupBy(aliases, (alias) => alias.article_id);
  const technologiesOf = Map.groupBy(technologies, (technology) => technology.article_id);
  return rows.map((row) => {
    const { id, key, url, title, externalIds, state, retiredBecause, revision, createdAt, changedAt } =
      readArticle(row);
    return {
      id: asId(id),
      key,
      url,
      aliases: (aliasesOf.get(row.id) ?? [])
        .map(({ value }) => value)
        .filter((value) => value !== key && value !== url),
      title,
      externalIds,
      state,
      retiredBecause,
      revision,
      contentHash: Buffer.from(row.content_hash).toString('hex'),
      technologies: (technologiesOf.get(row.id) ?? []).map(({ slug }) => slug),
      ...(correctionsOf.has(row.id) && {
        corrections: new Map(
          (correctionsOf.get(row.id) ?? []).map(({ slug, applies }) => [slug, applies === 1]),
        ),
      }),
      createdAt,
      changedAt,
    };
  });
}
