import type { ArticleId, FeedbackId } from '../knowledge/ids.ts';

/** Whether a fix worked for who says so. */
export const feedbackVerdicts = ['yes', 'partly', 'no'] as const;

/** What a reader said of an article that somebody follows with its readers' feedback. */
export type ToldFeedback = {
  readonly id: FeedbackId;
  readonly articleId: ArticleId;
  readonly articleTitle: string;
  /** '': an anonymous user. */
  readonly authorName: string;
  readonly outcome: (typeof feedbackVerdicts)[number] | null;
  readonly didHarm: boolean;
  /** Plain text, from outside; '' where only the outcome was told. */
  readonly body: string;
};
