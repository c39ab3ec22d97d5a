import type { Kysely } from 'kysely';
import type { Article } from '../knowledge/article.ts';
import { type ArticleId, asId, type Instant, type TechnologyId } from '../knowledge/ids.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import type { SearchDocument } from '../search/search-document.ts';
import { inChunks } from './insert-rows.ts';
import type { RevisionContent } from './revision-codec.ts';
import { unpackAll } from './revisions.ts';
import type { Schema } from './schema.ts';

/** An article with the packed content that is to be searched. */
export type PackedArticle = {
  readonly article: Article;
  readonly packed: Buffer;
  /** The instant at which the article is looked at; null for now. */
  readonly asOf: Instant | null;
};

/**
 * For each article what its content says, with what the archive adds. An article may stand there several times; all
 * are looked at as of the same instant.
 */
export async function readSearchDocuments(
  db: Kysely<Schema>,
  articles: readonly PackedArticle[],
): Promise<SearchDocument[]> {
  const ids = [...new Set(articles.map(({ article }) => article.id))];
  const contents = await unpackBySource(db, articles);
  const asOf = articles[0]?.asOf ?? null;
  const names = await listFormerNames(db, ids, asOf);
  const technologies = await listTechnologiesWithAncestors(db, ids);
  return articles.map(({ article }, at) => {
    const content = contents.get(at);
    if (!content) throw new Error(`The content of article ${article.id} was not unpacked.`);
    const document = readDocument(content.published, content.key);
    // A move alone makes no revision: the content still has the key from before it.
    const key = asOf === null ? article.key : content.key;
    const present = [document.title, article.title, article.key, key, ...document.externalIds];
    return {
      articleId: article.id,
      sourceId: article.sourceId,
      key,
      url: article.url,
      isRetired: article.state === 'retired',
      document,
      formerNames: [...(names.get(article.id) ?? [])].filter((name) => !present.includes(name)).sort(),
      technologies: technologies.get(article.id) ?? [],
      createdAt: article.createdAt,
      changedAt: article.changedAt,
      hasRemedy: false,
    };
  });
}

async function unpackBySource(
  db: Kysely<Schema>,
  articles: readonly PackedArticle[],
): Promise<Map<number, RevisionContent>> {
  const contents = new Map<number, RevisionContent>();
  const numbered = articles.map(({ article, packed }, at) => ({ sourceId: article.sourceId, packed, at }));
  for (const [sourceId, own] of Map.groupBy(numbered, (each) => each.sourceId)) {
    const packed = new Map(own.map((each) => [each.at, each.packed]));
    for (const [at, content] of await unpackAll(db, sourceId, packed)) contents.set(at, content);
  }
  return contents;
}

/** Titles of other revisions up to the instant, and former keys and ids. */
async function listFormerNames(
  db: Kysely<Schema>,
  ids: readonly ArticleId[],
  asOf: Instant | null,
): Promise<Map<ArticleId, Set<string>>> {
  const names = new Map<ArticleId, Set<string>>();
  const add = (id: number, name: string | null) => {
    if (!name) return;
    const articleId = asId<ArticleId>(id);
    names.set(articleId, (names.get(articleId) ?? new Set()).add(name));
  };
  for (const some of inChunks(ids, 500)) {
    const titles = await db
      .selectFrom('revisions')
      .select(['article_id', 'title'])
      .distinct()
      .where('article_id', 'in', some)
      .where('title', 'is not', null)
      .$if(asOf !== null, (query) => query.where('captured_at', '<=', asOf ?? 0))
      .execute();
    for (const row of titles) add(row.article_id, row.title);
    const aliases = await db
      .selectFrom('article_aliases')
      .select(['article_id', 'value'])
      .where('article_id', 'in', some)
      .where('kind', 'in', ['key', 'external-id'])
      .execute();
    for (const row of aliases) add(row.article_id, row.value);
  }
  return names;
}

async function listTechnologiesWithAncestors(
  db: Kysely<Schema>,
  ids: readonly ArticleId[],
): Promise<Map<ArticleId, TechnologyId[]>> {
  const parents = new Map<number, number | null>();
  for (const row of await db.selectFrom('technologies').select(['id', 'parent_id']).execute()) {
    parents.set(row.id, row.parent_id);
  }
  const found = new Map<ArticleId, Set<number>>();
  for (const some of inChunks(ids, 500)) {
    const rows = await db
      .selectFrom('article_technologies')
      .selectAll()
      .where('article_id', 'in', some)
      .execute();
    for (const row of rows) {
      const articleId = asId<ArticleId>(row.article_id);
      const own = found.get(articleId) ?? new Set();
      // A set that already has an ancestor has all above it: the walk ends there, and in a circle too.
      for (
        let id: number | null = row.technology_id;
        id !== null && !own.has(id);
        id = parents.get(id) ?? null
      )
        own.add(id);
      found.set(articleId, own);
    }
  }
  return new Map(
    [...found].map(([id, own]) => [
      id,
      [...own].sort((a, b) => a - b).map((each) => asId<TechnologyId>(each)),
    ]),
  );
}

/** The article as it was: in the state of its last change up to the instant. */
export function asItWas(
  article: Article,
  last: { readonly kind: string; readonly occurredAt: number },
): Article {
  return {
    ...article,
    state: last.kind === 'retired' ? 'retired' : 'active',
    changedAt: asId<Instant>(last.occurredAt),
  };
}
