import type { AccountId, ArticleId, DecisionId, FeedbackId, Instant } from '../knowledge/ids.ts';
import type { FeedbackState, ReportReason } from './feedback.ts';

/** What was decided about an author's feedback and not told to them. */
export type UntoldDecision = {
  readonly id: DecisionId;
  readonly feedbackId: FeedbackId;
  readonly articleId: ArticleId;
  readonly articleTitle: string;
  readonly stateBefore: FeedbackState;
  readonly stateAfter: FeedbackState;
  readonly reason: ReportReason | null;
};

export type AuthorToTell = {
  readonly accountId: AccountId;
  readonly address: string;
  /** Oldest first. */
  readonly decisions: readonly UntoldDecision[];
};

/** Which authors are to be told; one process at a time asks. */
export type AuthorNotices = {
  /**
   * Authors with decisions that are some minutes old, so that what is decided in one go is told in one mail; at most one
   * mail in 20 hours for each.
   */
  listAuthorsToTell(now: Instant): Promise<AuthorToTell[]>;
  markTold(accountId: AccountId, decisions: readonly DecisionId[], now: Instant): Promise<void>;
};

const reasonWords: Readonly<Record<ReportReason, string>> = {
  'wrong-article': 'it is about another article',
  'wrong-technology': 'the technology is wrong',
  spam: 'it was taken for spam',
  abuse: 'it was taken for abuse',
  'dangerous-advice': 'its advice is dangerous',
};

/** What a mail to an author says; null when nothing of it is news: what was put away is shown again. */
export function wordDecisions(
  decisions: readonly UntoldDecision[],
): { readonly subject: string; readonly paragraphs: readonly string[] } | null {
  const ofFeedback = Map.groupBy(decisions, (decision) => decision.feedbackId);
  const lines: string[] = [];
  let putAway = 0;
  for (const steps of ofFeedback.values()) {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined || first.stateBefore === last.stateAfter) continue;
    if (last.stateAfter === 'shown') {
      lines.push(`Below “${last.articleTitle}”: it is shown now. Thank you.`);
      continue;
    }
    putAway += 1;
    const how = last.stateAfter === 'folded' ? 'it is folded to one line' : 'it is not shown';
    const because =
      last.reason === null ? '' : `, since readers or a moderator said that ${reasonWords[last.reason]}`;
    lines.push(`Below “${last.articleTitle}”: ${how}${because}.`);
  }
  if (lines.length === 0) return null;
  return {
    subject: lines.length === 1 ? 'About your feedback' : `About ${lines.length} of your feedbacks`,
    paragraphs: [
      ...lines,
      ...(putAway > 0 ? ['If that is wrong, appeal on the page below: a moderator looks at it again.'] : []),
    ],
  };
}
