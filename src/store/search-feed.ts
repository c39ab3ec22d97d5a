import { type ArticleId, asId, type Instant } from '../knowledge/ids.ts';
import type { SearchDocument } from '../search/search-document.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import { loadArticles } from './archive-articles.ts';
import type { Database } from './database.ts';
import { inChunks } from './insert-rows.ts';
import { loadNewestPacked, loadPacked } from './revisions.ts';
import { asItWas, type PackedArticle, readSearchDocuments } from './search-documents.ts';
import { listTechnologies } from './technologies.ts';

/** What the search reads of everything that is kept. */
export type SearchFeed = {
  /** Technologies and sources by name; the groups are those of the technologies. */
  loadVocabulary(): Promise<Vocabulary>;
  /** The sources that there are now, by rising id. */
  listSources(): Promise<Vocabulary['sources']>;
  /** A page of all articles, retired ones too, by rising id; fewer than `limit` only at the end. */
  listArticleIds(page: { readonly after: ArticleId | null; readonly limit: number }): Promise<ArticleId[]>;
  /** Those of the articles that there are, as they are now. */
  loadDocuments(ids: readonly ArticleId[]): Promise<SearchDocument[]>;
  /** Those of the articles that there were, as they stood at the instant. */
  loadDocumentsAsOf(ids: readonly ArticleId[], asOf: Instant): Promise<SearchDocument[]>;
};

type ChangedRevision = { readonly kind: string; readonly occurredAt: number; readonly toRevision: number };

export function createSearchFeed({ db }: Pick<Database, 'db'>): SearchFeed {
  async function listSources(): Promise<Vocabulary['sources']> {
    const rows = await db.selectFrom('sources').select(['id', 'name', 'title']).orderBy('id').execute();
    return rows.map(({ id, name, title }) => ({ id: asId(id), name, title }));
  }

  const loadAll = async (ids: readonly ArticleId[]) => [...(await loadArticles(db, ids)).values()];

  /** The last change of each article up to the instant says in which state and revision it was. */
  async function listLastChanges(ids: readonly ArticleId[], asOf: Instant) {
    const last = new Map<number, ChangedRevision>();
    for (const some of inChunks(ids, 500)) {
      const rows = await db
        .selectFrom('changes')
        .select(['article_id', 'kind', 'occurred_at', 'to_revision'])
        .where('article_id', 'in', some)
        .where('occurred_at', '<=', asOf)
        .orderBy('id')
        .execute();
      for (const row of rows) {
        last.set(row.article_id, {
          kind: row.kind,
          occurredAt: row.occurred_at,
          toRevision: row.to_revision,
        });
      }
    }
    return last;
  }

  return {
    async loadVocabulary() {
      const technologies = (await listTechnologies(db))
        .map(({ id, slug, name, aliases }) => ({ id, slug, names: [name, ...aliases] }))
        .sort((a, b) => a.id - b.id);
      return {
        groups: technologies.map(({ names }) => names).filter((names) => names.length > 1),
        technologies,
        sources: await listSources(),
      };
    },

    listSources,

    async listArticleIds({ after, limit }) {
      const rows = await db
        .selectFrom('articles')
        .select('id')
        .where('id', '>', after ?? 0)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => asId(id));
    },

    async loadDocuments(ids) {
      const articles = await loadAll(ids);
      const contents = await loadNewestPacked(
        db,
        articles.map(({ id }) => id),
      );
      const packed = articles.flatMap((article) => {
        const content = contents.get(article.id);
        return content ? [{ article, packed: content, asOf: null }] : [];
      });
      return readSearchDocuments(db, packed);
    },

    async loadDocumentsAsOf(ids, asOf) {
      const last = await listLastChanges(ids, asOf);
      const packed: PackedArticle[] = [];
      for (const article of await loadAll(ids)) {
        const change = last.get(article.id);
        const content = change ? await loadPacked(db, article.id, change.toRevision) : null;
        if (change && content) packed.push({ article: asItWas(article, change), packed: content, asOf });
      }
      return readSearchDocuments(db, packed);
    },
  };
}
