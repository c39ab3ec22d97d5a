import type { AccountId, ArticleId, FeedbackId, Instant, SourceId, TechnologyId } from '../knowledge/ids.ts';

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

/** What the articles of a source are taken for, and what they are about instead: for those to come, too. */
export type TechnologyRule = {
  readonly id: number;
  readonly source: { readonly name: string; readonly title: string };
  /** Name. */
  readonly technology: string;
  /** Name; null: none. */
  readonly instead: string | null;
  readonly madeAt: Instant;
  /** How many articles it corrected when it was made. */
  readonly articles: number;
};

/** What curators say of whole sources. What one says of a single article stands above it. */
export type TechnologyRuleBook = {
  /** By source and technology. */
  listRules(): Promise<TechnologyRule[]>;
  /**
   * In one transaction: keeps the rule and corrects the articles that there are, as `correctTechnologies` does: nobody
   * is alerted. `leads-on`: another rule of the source begins where this one ends, or the other way about.
   */
  makeRule(rule: {
    readonly sourceId: SourceId;
    readonly technologyId: TechnologyId;
    readonly insteadId: TechnologyId | null;
    readonly curatorId: AccountId;
    readonly now: Instant;
  }): Promise<
    | { readonly kind: 'made'; readonly id: number; readonly articles: number }
    | { readonly kind: 'there-is-one' | 'leads-on' | 'not-found' }
  >;
  /** Articles keep what they have until they change next. False: there is no such rule. */
  withdrawRule(id: number): Promise<boolean>;
};
