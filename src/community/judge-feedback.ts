import type { FeedbackState, ReportReason } from './feedback.ts';
import type { TextClass } from './spam-filter.ts';

/** What a moderator says to the claim that feedback is irrelevant, be it of reporters or of what held it. */
export const verdicts = ['agree', 'disagree', 'ignore'] as const;
export type Verdict = (typeof verdicts)[number];

export type Ruling = {
  readonly state: FeedbackState;
  /** What its reports are by that; null: they stay unjudged. */
  readonly reportsWere: 'right' | 'wrong' | null;
  /** What the filter learns of it. */
  readonly lesson: TextClass | null;
};

/**
 * What follows from a moderator's word. Agreeing puts feedback away: spam, abuse and what was never shown out of sight,
 * all else behind a line that can be opened. The filter learns from spam and abuse only: a good text below the wrong
 * article is no worse a text.
 */
export function judgeFeedback(
  verdict: Verdict,
  { state, reason }: { readonly state: FeedbackState; readonly reason: ReportReason },
): Ruling {
  if (verdict === 'ignore') return { state, reportsWere: null, lesson: null };
  if (verdict === 'disagree') return { state: 'shown', reportsWere: 'wrong', lesson: 'good' };
  const isOffence = reason === 'spam' || reason === 'abuse';
  return {
    state: isOffence || state === 'held' || state === 'hidden' ? 'hidden' : 'folded',
    reportsWere: 'right',
    lesson: isOffence ? 'unwanted' : null,
  };
}
