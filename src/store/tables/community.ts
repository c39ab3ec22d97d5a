import type { Generated } from 'kysely';

/** What readers say, and what is decided about it. */
export type CommunityTables = {
  feedback: FeedbackTable;
  accepted_feedback: AcceptedFeedbackTable;
  feedback_helped: FeedbackHelpedTable;
  feedback_reports: FeedbackReportsTable;
  feedback_appeals: FeedbackAppealsTable;
  moderation_decisions: ModerationDecisionsTable;
  decision_notices: DecisionNoticesTable;
  filter_words: FilterWordsTable;
  filter_totals: FilterTotalsTable;
  technology_corrections: TechnologyCorrectionsTable;
  technology_rules: TechnologyRulesTable;
};

/** What the articles of a source are taken for, and what they are about instead. */
type TechnologyRulesTable = {
  id: Generated<number>;
  source_id: number;
  technology_id: number;
  /** null: nothing. */
  instead_id: number | null;
  curator_id: number;
  made_at: number;
  /** How many there were when it was made. */
  articles: number;
};

type FeedbackTable = {
  id: Generated<number>;
  article_id: number;
  /** 0: before the first one that was kept. */
  revision: number;
  account_id: number | null;
  author_name: string;
  outcome: string | null;
  did_harm: number;
  technology_id: number | null;
  version: string;
  body: string;
  state: string;
  /** null: not in the moderators' queue. */
  queued_because: string | null;
  /** Of the writer when it was written. */
  standing: string;
  merged_into: number | null;
  /** Probability of being unwanted by the filter, in thousandths. */
  suspicion: number | null;
  /** How often a moderator said that it is to be shown. */
  kept_times: Generated<number>;
  /** What the filter learned of it. */
  learned_as: string | null;
  import_key: string | null;
  written_at: number;
};

/** By triggers: what came to be shown, once, numbered in the order of commits; nothing that was imported. */
type AcceptedFeedbackTable = { id: Generated<number>; feedback_id: number; article_id: number };

type FeedbackHelpedTable = { feedback_id: number; account_id: number; helped_at: number };

type FeedbackReportsTable = {
  id: Generated<number>;
  feedback_id: number;
  /** One report for each: an account, or a hash of network and feedback. */
  reporter_key: string;
  account_id: number | null;
  reason: string;
  note: string;
  /** null: no moderator has judged it. */
  verdict: string | null;
  /** When a curator looked at the technologies; of reports with that reason only. */
  curated_at: number | null;
  reported_at: number;
};

/** The writer's word against a decision. */
type FeedbackAppealsTable = { decision_id: number; feedback_id: number; body: string; appealed_at: number };

/** The trail, which can only be added to; it names rows that may be gone. */
type ModerationDecisionsTable = {
  id: Generated<number>;
  feedback_id: number;
  article_id: number;
  author_id: number | null;
  /** null: reports by their weight, or the writer. */
  moderator_id: number | null;
  step: string;
  reason: string | null;
  state_before: string;
  state_after: string;
  decided_at: number;
};

/** Which decisions their author was told of. */
type DecisionNoticesTable = { decision_id: number; account_id: number; told_at: number };

/** How many texts of each class had the word. */
type FilterWordsTable = { word: string; good: number; unwanted: number };

type FilterTotalsTable = { name: string; good: number; unwanted: number };

/** `applies` 0: the article is not about the technology, whatever its source says. */
type TechnologyCorrectionsTable = {
  article_id: number;
  technology_id: number;
  applies: number;
  curator_id: number | null;
  corrected_at: number;
};
