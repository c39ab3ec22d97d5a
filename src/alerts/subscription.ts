import type { Change } from '../knowledge/change.ts';
import type {
  AccountId,
  ArticleId,
  Instant,
  SourceId,
  SubscriptionId,
  TechnologyId,
} from '../knowledge/ids.ts';

/** From what on a subscription tells: `new` created articles only, else the least significance of a change. */
export const thresholds = ['new', 'material', 'minor', 'invisible'] as const;
export type Threshold = (typeof thresholds)[number];
export const defaultThreshold: Threshold = 'material';

/** What a subscription follows. */
export type Followed =
  /** The technology and all below it. */
  | { readonly kind: 'technology'; readonly technologyId: TechnologyId }
  | { readonly kind: 'article'; readonly articleId: ArticleId }
  | { readonly kind: 'source'; readonly sourceId: SourceId }
  /** A saved search: a query in the language of the search. */
  | { readonly kind: 'search'; readonly query: string };

/** What an account follows and from which significance on. It tells the changes recorded after it was made. */
export type Subscription = {
  readonly id: SubscriptionId;
  readonly accountId: AccountId;
  readonly followed: Followed;
  /** Name of the technology, title of the article or source, or the query. */
  readonly title: string;
  readonly threshold: Threshold;
  /** Whether it tells what readers say of the article, too; of articles only. */
  readonly withFeedback: boolean;
  readonly createdAt: Instant;
};

/**
 * Tells whether a change reaches a threshold. Every kind of change is judged by its significance: a retired article
 * that mattered is told as retired, a moved one whose text is the same is invisible and told to those who want all.
 */
export function reaches(threshold: Threshold, change: Pick<Change, 'kind' | 'significance'>): boolean {
  switch (threshold) {
    case 'new':
      return change.kind === 'created';
    case 'material':
      return change.significance === 'material';
    case 'minor':
      return change.significance !== 'invisible';
    case 'invisible':
      return true;
  }
}
