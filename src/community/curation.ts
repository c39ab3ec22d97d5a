import type { AccountId, ArticleId, FeedbackId, Instant, TechnologyId } from '../knowledge/ids.ts';

/** An article whose technologies readers doubt. */
export type TechnologyDoubt = {
  readonly articleId: ArticleId;
  readonly articleTitle: string;
  readonly reports: readonly {
    readonly feedbackId: FeedbackId;
    readonly text: string;
    readonly note: string;
    readonly reportedAt: Instant;
  }[];
};

export type TechnologyCorrection = {
  readonly technologyId: TechnologyId;
  /** Whether the article is about it, whatever its source says. */
  readonly applies: boolean;
};

/** The work of the curator of technologies. */
export type Curation = {
  /** Oldest first. */
  listDoubts(limit: number): Promise<TechnologyDoubt[]>;
  countDoubts(): Promise<number>;
  listCorrections(id: ArticleId): Promise<TechnologyCorrection[]>;
  /**
   * Keeps what the article is about, in one transaction: on the article now, at every later scan, in the change log, so
   * that the search follows, and on the reports, which were right if anything was corrected.
   */
  correctTechnologies(correction: {
    readonly articleId: ArticleId;
    readonly corrections: readonly TechnologyCorrection[];
    readonly curatorId: AccountId;
    readonly now: Instant;
  }): Promise<'corrected' | 'left-as-it-is' | 'not-found'>;
};
