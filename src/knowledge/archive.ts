import type { Article, Revision, RevisionFacts } from './article.ts';
import type { Change, ChangeKind, Significance } from './change.ts';
import type { ArticleId, BulkEditId, ChangeId, Instant, ScanId, SourceId, TechnologyId } from './ids.ts';
import type { Scan, Source } from './source.ts';
import type { Technology } from './technology.ts';

/** Everything that pages, the command line and the API read of the knowledge that was kept. */
export type Archive = {
  findArticle(id: ArticleId): Promise<Article | null>;
  /** By anything that names it: its id, an external id (`KB910336`), key, URL or alias. The best match first. */
  findArticlesByName(name: string): Promise<Article[]>;
  /** The same for many names at once. */
  findArticlesByNames(names: readonly string[]): Promise<ReadonlyMap<string, readonly Article[]>>;
  listArticles(ids: readonly ArticleId[]): Promise<Article[]>;
  /** By id, retired ones too; `after` is the id that the last page ended with. */
  listArticlePage(filter: ArticleFilter): Promise<Article[]>;
  /** Newest first. */
  listRevisions(id: ArticleId): Promise<RevisionFacts[]>;
  loadRevision(id: ArticleId, number: number): Promise<Revision | null>;
  /** The revision of these facts with its text; null when its source was removed since. */
  readRevision(facts: RevisionFacts): Promise<Revision | null>;
  listTechnologyIdsOfArticle(id: ArticleId): Promise<TechnologyId[]>;
  /** By name. */
  listTechnologiesOfArticle(id: ArticleId): Promise<Technology[]>;
  /** Newest first; `before` is the id that the last page ended with. */
  listChanges(filter: ChangeFilter): Promise<ChangeWithArticle[]>;
  /** Newest first. */
  listChangesOfArticle(id: ArticleId, limit: number): Promise<Change[]>;
  /**
   * Oldest first, those behind a number. Numbers become visible in order (see ChangeLog), so whoever keeps the last
   * number that they saw misses none and gets none twice.
   */
  listChangesAfter(
    filter: Omit<ChangeFilter, 'before'> & { readonly after: ChangeId | null },
  ): Promise<ChangeWithArticle[]>;
  /** The number behind which everything is that was recorded at `since` or later; null: the beginning of the log. */
  findLogPosition(since: Instant): Promise<ChangeId | null>;
  findChange(id: ChangeId): Promise<ChangeWithArticle | null>;
  findBulkEdit(id: BulkEditId): Promise<BulkEdit | null>;
  /** Newest first. */
  listBulkEdits(filter: {
    readonly limit: number;
    readonly scanId?: ScanId;
    readonly occurredFrom?: Instant;
    readonly occurredBefore?: Instant;
  }): Promise<BulkEdit[]>;
  /** How many changes the filter takes (its `limit` and `before` left aside) on each UTC day, days without any left out. */
  countChangesByDay(
    filter: Omit<ChangeFilter, 'limit' | 'before'>,
  ): Promise<{ readonly day: string; readonly significance: Significance; readonly changes: number }[]>;
  /** Articles with the most changes that the filter takes, most first. */
  listMostChangedArticles(
    filter: Omit<ChangeFilter, 'before'>,
  ): Promise<{ readonly article: Article; readonly changes: number }[]>;
  /** Changes with at least the significance, counted per technology (ancestors included), most first. */
  countChangesByTechnology(
    since: Instant,
    least: Significance,
  ): Promise<{ technologyId: TechnologyId; changes: number }[]>;
  listTechnologies(): Promise<Technology[]>;
  /** Active articles that apply to the technology or one below it. */
  countArticlesByTechnology(): Promise<ReadonlyMap<TechnologyId, number>>;
  /** Active ones, by id; `after` is the id that the last page ended with. */
  listArticlesOfTechnology(
    id: TechnologyId,
    page: { limit: number; after: ArticleId | null },
  ): Promise<Article[]>;
  listSources(): Promise<Source[]>;
  findSource(name: string): Promise<Source | null>;
  /** Newest first; `before` is the id that the last page ended with. */
  listScans(filter: { sourceId?: SourceId; before?: ScanId; limit: number }): Promise<Scan[]>;
  findScan(id: ScanId): Promise<Scan | null>;
  countArticles(): Promise<{ active: number; retired: number; revisions: number }>;
};

export type ArticleFilter = {
  readonly limit: number;
  readonly after: ArticleId | null;
  readonly sourceId?: SourceId;
  /** The technology or any below it. */
  readonly technologyId?: TechnologyId;
  readonly state?: Article['state'];
};

export type ChangeFilter = {
  readonly limit: number;
  readonly before?: ChangeId;
  readonly articleId?: ArticleId;
  /** One of these; at most a few hundred. */
  readonly articleIds?: readonly ArticleId[];
  readonly sourceId?: SourceId;
  readonly scanId?: ScanId;
  /** The technology or any below it. */
  readonly technologyId?: TechnologyId;
  readonly bulkEditId?: BulkEditId;
  /** Leave out changes that are part of a bulk edit. */
  readonly withoutBulkEdits?: boolean;
  readonly kinds?: readonly ChangeKind[];
  readonly leastSignificance?: Significance;
  readonly occurredFrom?: Instant;
  readonly occurredBefore?: Instant;
  /** Leave out baselines and imported history. */
  readonly onlyAlerting?: boolean;
};

export type ChangeWithArticle = Change & {
  readonly article: Article;
  /** Those of the article before and after, by name; without those that are above another one. */
  readonly technologies: readonly Technology[];
};

/** The same edit in many articles of one snapshot, judged once. */
export type BulkEdit = {
  readonly id: BulkEditId;
  readonly scanId: ScanId;
  readonly significance: Significance;
  /** "'Azure AD' became 'Microsoft Entra ID' in 412 articles" */
  readonly sentence: string;
  readonly articleCount: number;
  readonly occurredAt: Instant;
};
