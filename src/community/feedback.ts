import type { AccountId, ArticleId, FeedbackId, Instant, TechnologyId } from '../knowledge/ids.ts';

/** Whether the fix worked for the writer. */
export const outcomes = ['yes', 'partly', 'no'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * Where feedback stands. held: nobody but moderators sees it. shown: everybody does. folded: a line that can be
 * opened. hidden: as held, put away for good. merged: it says what another one says, and is counted there.
 */
export const feedbackStates = ['held', 'shown', 'folded', 'hidden', 'merged'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

/** Why moderators are to look at it. */
export const queueReasons = ['anonymous', 'new-writer', 'suspicious', 'reported', 'appeal'] as const;
export type QueueReason = (typeof queueReasons)[number];

/** Why a reader says that feedback is irrelevant. */
export const reportReasons = [
  'wrong-article',
  'wrong-technology',
  'spam',
  'abuse',
  'dangerous-advice',
] as const;
export type ReportReason = (typeof reportReasons)[number];

/** What a reader said below an article. */
export type Feedback = {
  readonly id: FeedbackId;
  readonly articleId: ArticleId;
  /** Of the article when it was written; 0: before the first one that was kept. */
  readonly revision: number;
  /** null: written without an account, or by one that is gone. */
  readonly accountId: AccountId | null;
  /** As the writer wants to be called; '': an anonymous user. */
  readonly authorName: string;
  /** null: old feedback that does not say. */
  readonly outcome: Outcome | null;
  /** It made things worse, and warns others. */
  readonly didHarm: boolean;
  readonly technologyId: TechnologyId | null;
  readonly version: string;
  /** Plain text with everything secret masked; '' where only the outcome was told. */
  readonly body: string;
  readonly state: FeedbackState;
  /** What it says the same as; null unless it was merged. */
  readonly mergedInto: FeedbackId | null;
  readonly queuedBecause: QueueReason | null;
  /** What its links are worth: those of writers without a record are not followed by search engines. */
  readonly standing: Standing;
  /** How many readers it helped. */
  readonly helped: number;
  /** How many readers reported it, judged wrong ones left out. */
  readonly reports: number;
  readonly writtenAt: Instant;
};

/** What is known of a writer. */
export type Standing = 'anonymous' | 'new' | 'known' | 'trusted' | 'imported';
