import type { Generated } from 'kysely';

/** Subscriptions and the ledger of digests. */
export type AlertsTables = {
  alert_topics: AlertTopicsTable;
  subscriptions: SubscriptionsTable;
  saved_search_matches: SavedSearchMatchesTable;
  digests: DigestsTable;
  digest_changes: DigestChangesTable;
  digest_feedback: DigestFeedbackTable;
};

/** Derived by triggers: each change that alerts, under all that can be followed and each threshold it reaches. */
type AlertTopicsTable = { topic_kind: string; topic_id: number; threshold: string; change_id: number };

type SubscriptionsTable = {
  id: Generated<number>;
  account_id: number;
  /** `technology`, `search`, `article` or `source`. */
  kind: string;
  technology_id: number | null;
  article_id: number | null;
  source_id: number | null;
  query: string | null;
  /** `new`: created only; else the least significance. */
  threshold: string;
  created_at: number;
  /** The last change in the log when it was made: later ones are told. */
  after_change_id: number;
  /** Accepted feedback after this place in its log is told; null: it was not chosen. Of articles only. */
  feedback_after_id: number | null;
};

/** Derived: which changes a saved search matched and no digest has considered yet. */
type SavedSearchMatchesTable = { subscription_id: number; change_id: number };

/**
 * The ledger. (account_id, local_date) is unique; each digest names its predecessor, no two the same one,
 * and is at least 20 hours after it: all three are constraints.
 */
type DigestsTable = {
  id: Generated<number>;
  account_id: number;
  /** `YYYY-MM-DD` in the account's zone at planning. */
  local_date: string;
  time_zone: string;
  planned_at: number;
  previous_planned_at: number | null;
};

/**
 * What was told: unique (account_id, change_id). Rows go with their digest (a trigger); they reference nothing, since
 * checking a reference costs more than the row, and what was told stays told when a source is removed.
 */
type DigestChangesTable = {
  digest_id: number;
  account_id: number;
  change_id: number;
  /** Why it was told: the subscription that matched, or one of them. */
  subscription_id: number;
};

/** Which feedback was told: unique (account_id, feedback_id). Rows go with their digest. */
type DigestFeedbackTable = {
  digest_id: number;
  account_id: number;
  feedback_id: number;
  subscription_id: number;
};
