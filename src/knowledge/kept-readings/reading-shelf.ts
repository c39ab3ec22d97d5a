import type { Article, RevisionFacts } from '../article.ts';
import type { ArticleId, ChangeId } from '../ids.ts';
import type { PageReading } from '../reading/page-reading.ts';

/** Readings of newest revisions, made ahead for their pages. Derived: what is not there is made on the way. */
export type KeptReadings = {
  /** null: there is none of this revision, under this key, by this version of the program. */
  findReading(
    article: Pick<Article, 'id' | 'key'>,
    revision: Pick<RevisionFacts, 'number' | 'contentHash'>,
  ): Promise<PageReading | null>;
};

/** Where readings are kept, one for an article. */
export type ReadingShelf = {
  /** Another one than before: there may be articles without a reading of their newest revision. */
  findLogEnd(): Promise<ChangeId | null>;
  /**
   * Articles without such a reading, by id. What another version of the program made counts as one if that was since
   * this process started: two versions at work together don't do each other's readings again and again.
   */
  listUnread(page: {
    readonly after: ArticleId | null;
    readonly limit: number;
  }): Promise<{ readonly articleId: ArticleId; readonly revision: number }[]>;
  /** Does nothing where the article is gone, or has a newer revision or another key by now. */
  keepReading(
    article: Pick<Article, 'id' | 'key'>,
    revision: Pick<RevisionFacts, 'number' | 'contentHash'>,
    reading: PageReading,
  ): Promise<void>;
};
