import type { AccountId, ArticleId, DecisionId, FeedbackId, Instant } from '../knowledge/ids.ts';
import type { EarlierText } from './duplicates.ts';
import type { Feedback, FeedbackState, ReportReason } from './feedback.ts';
import type { Ruling, Verdict } from './judge-feedback.ts';
import type { FilterKnowledge } from './spam-filter.ts';
import type { WriterRecord } from './trust.ts';
import type { ReportedFeedback } from './weigh-reports.ts';

/** Where feedback is kept. Every step of its state leaves a line in the trail, in the same transaction. */
export type FeedbackStore = {
  findFeedback(id: FeedbackId): Promise<Feedback | null>;
  /** What readers may see and what is counted (shown, folded and merged), in the order of writing. */
  listFeedbackOfArticle(id: ArticleId): Promise<Feedback[]>;
  /** Grows with every step that a reader can see. */
  readVersion(): Promise<number>;
  loadWriterRecord(id: AccountId, now: Instant): Promise<WriterRecord>;
  /** All texts on the article, those that were put away too, oldest first; merged ones left out. */
  listEarlierTexts(id: ArticleId): Promise<(EarlierText<FeedbackId> & { readonly state: FeedbackState })[]>;
  loadFilterKnowledge(features: readonly string[]): Promise<FilterKnowledge>;
  insertFeedback(feedback: NewFeedback): Promise<FeedbackId>;
  /** Old feedback; null: it was imported before. */
  importFeedback(feedback: NewFeedback): Promise<FeedbackId | null>;
  /** Counts once for each account; a writer's own word is none. false: it was counted before. */
  addHelped(id: FeedbackId, accountId: AccountId, now: Instant): Promise<boolean>;
  recordReport(report: NewReport): Promise<'reported' | 'already-reported' | 'not-found'>;
  recordDecision(decision: NewDecision): Promise<FeedbackState | null>;
  /** The writer's word against its being put away; once for each decision. */
  recordAppeal(
    appeal: NewAppeal,
  ): Promise<'appealed' | 'not-yours' | 'nothing-to-appeal' | 'already-appealed'>;
  /** The writer takes it back: the text is gone, the trail says so. */
  withdrawFeedback(id: FeedbackId, accountId: AccountId, now: Instant): Promise<boolean>;
};

export type NewFeedback = Omit<Feedback, 'id' | 'helped' | 'reports'> & {
  /** Probability of being unwanted, by the filter; null: it could not tell. */
  readonly suspicion: number | null;
  /** Names old feedback, so that it is imported once. */
  readonly importKey: string | null;
};

export type NewReport = {
  readonly feedbackId: FeedbackId;
  /** One report for each. */
  readonly reporterKey: string;
  readonly accountId: AccountId | null;
  readonly reason: ReportReason;
  readonly note: string;
  readonly now: Instant;
  readonly weigh: (reported: ReportedFeedback) => 'show' | 'fold' | 'hide';
};

export type NewDecision = {
  readonly feedbackId: FeedbackId;
  readonly moderatorId: AccountId;
  readonly verdict: Verdict;
  /** What the moderator agrees with; null: what most reports say. */
  readonly reason: ReportReason | null;
  readonly now: Instant;
  readonly judge: (state: FeedbackState, reason: ReportReason) => Ruling;
};

export type NewAppeal = {
  readonly feedbackId: FeedbackId;
  readonly accountId: AccountId;
  readonly text: string;
  readonly now: Instant;
};

/** What moderators see and do beyond single feedback. */
export type ModerationDesk = {
  /** Appeals first, then what is reported, then what is new; the oldest of each first. */
  listQueue(limit: number): Promise<QueuedFeedback[]>;
  countQueue(): Promise<number>;
  /** Newest first. */
  listTrail(filter: { readonly limit: number; readonly before: DecisionId | null }): Promise<TrailEntry[]>;
  /** What an account wrote, newest first, with what was decided. */
  listOwnFeedback(id: AccountId): Promise<OwnFeedback[]>;
  /** Whatever state it is in, newest first. */
  listNewest(filter: {
    readonly limit: number;
    readonly state: FeedbackState | null;
  }): Promise<(Feedback & { readonly articleTitle: string })[]>;
};

export type QueuedFeedback = {
  readonly feedback: Feedback;
  readonly articleTitle: string;
  readonly technology: string | null;
  /** Probability of being unwanted, by the filter; null: it could not tell. */
  readonly suspicion: number | null;
  readonly reportReasons: readonly { readonly reason: ReportReason; readonly note: string }[];
  /** Why the writer wants it shown. */
  readonly appeal: string | null;
};

export type TrailEntry = {
  readonly id: DecisionId;
  readonly feedbackId: FeedbackId;
  readonly articleId: ArticleId;
  /** null: the weight of reports, or the writer. */
  readonly moderator: string | null;
  readonly step: TrailStep;
  readonly reason: ReportReason | null;
  readonly stateBefore: FeedbackState;
  readonly stateAfter: FeedbackState;
  readonly decidedAt: Instant;
};

/** Verdicts of moderators, what reports did by their weight, and what the writer did. */
export const trailSteps = ['agree', 'disagree', 'ignore', 'fold', 'hide', 'appeal', 'withdraw'] as const;
export type TrailStep = (typeof trailSteps)[number];

export type OwnFeedback = {
  readonly feedback: Feedback;
  readonly articleTitle: string;
  /** What put it where it is, if anything did. */
  readonly lastStep: { readonly step: TrailStep; readonly reason: ReportReason | null } | null;
  /** It was put away, and no appeal against that was made. */
  readonly canAppeal: boolean;
};
