import type { ArticleId, Instant } from '../ids.ts';

/** What a scan needs to know of an article that is in the archive, without its text. */
export type KnownArticle = {
  readonly id: ArticleId;
  readonly key: string;
  readonly url: string | null;
  /** Former keys, paths and URLs. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly externalIds: readonly string[];
  readonly state: 'active' | 'retired';
  readonly retiredBecause: string | null;
  /** Number of the newest revision. */
  readonly revision: number;
  /** Of the newest revision. */
  readonly contentHash: string;
  /** Slugs of the technologies that it applies to, without their ancestors. */
  readonly technologies: readonly string[];
  /** What a curator said about them, by slug: whether the article is about it, whatever its source says. */
  readonly corrections?: ReadonlyMap<string, boolean>;
  readonly createdAt: Instant;
  /** When it last changed so that a reader can see it. */
  readonly changedAt: Instant;
};

/** The articles of one source, found by whatever may name them. Keeps up as a scan applies snapshots. */
export type KnownArticles = {
  readonly activeCount: number;
  listActive(): Iterable<KnownArticle>;
  /** At most one active article has a key. */
  findActive(key: string): KnownArticle | null;
  /** The one that was retired last, if several had the key. */
  findRetired(key: string): KnownArticle | null;
  /** Whose key, URL or alias it is; active ones and retired ones. */
  findByName(name: string): readonly KnownArticle[];
  findByExternalId(externalId: string): readonly KnownArticle[];
  /** Adds the article or replaces what was known of it. */
  put(article: KnownArticle): void;
};

export function createKnownArticles(articles: Iterable<KnownArticle>): KnownArticles {
  const byId = new Map<ArticleId, KnownArticle>();
  const active = new Map<string, KnownArticle>();
  const retired = new Map<string, KnownArticle>();
  const idsByName = new Map<string, Set<ArticleId>>();
  const idsByExternalId = new Map<string, Set<ArticleId>>();

  const find = (index: Map<string, Set<ArticleId>>, value: string, hasIt: (of: KnownArticle) => boolean) => {
    const found: KnownArticle[] = [];
    for (const id of index.get(value) ?? []) {
      const article = byId.get(id);
      if (article && hasIt(article)) found.push(article);
    }
    return found;
  };

  const known: KnownArticles = {
    get activeCount() {
      return active.size;
    },
    listActive: () => active.values(),
    findActive: (key) => active.get(key) ?? null,
    findRetired: (key) => retired.get(key) ?? null,
    findByName: (name) =>
      find(idsByName, name, (of) => of.key === name || of.url === name || of.aliases.includes(name)),
    findByExternalId: (externalId) =>
      find(idsByExternalId, externalId, (of) => of.externalIds.includes(externalId)),
    put(article) {
      const before = byId.get(article.id);
      if (before) {
        const shelf = before.state === 'active' ? active : retired;
        if (shelf.get(before.key)?.id === before.id) shelf.delete(before.key);
      }
      byId.set(article.id, article);
      (article.state === 'active' ? active : retired).set(article.key, article);
      for (const name of [article.key, ...(article.url ? [article.url] : []), ...article.aliases]) {
        addTo(idsByName, name, article.id);
      }
      for (const externalId of article.externalIds) addTo(idsByExternalId, externalId, article.id);
    },
  };
  for (const article of articles) known.put(article);
  return known;
}

function addTo(index: Map<string, Set<ArticleId>>, value: string, id: ArticleId): void {
  const ids = index.get(value);
  if (ids) ids.add(id);
  else index.set(value, new Set([id]));
}
