import type { Feedback } from './feedback.ts';

/**
 * Lower bound of the Wilson score interval for a share of `good` of `all` at 95 % (E. B. Wilson, Journal of the American
 * Statistical Association 22, 1927): what is known of a share after few votes.
 */
function wilsonLowerBound(good: number, all: number): number {
  if (all === 0) return 0;
  const z = 1.96;
  const share = good / all;
  const centre = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * all)) / all);
  return Math.max(0, (centre - spread) / (1 + (z * z) / all));
}

/**
 * The most useful first: warnings of harm, then by the share of readers whom it helped among those who said anything,
 * then what was written for the text as it reads now (from revision `readsSince` on), then the newest. Folded ones come
 * last.
 */
export function orderFeedback<One extends Feedback>(feedback: readonly One[], readsSince: number): One[] {
  const rank = (one: One) => [
    one.state === 'folded' ? 1 : 0,
    one.didHarm ? 0 : 1,
    -wilsonLowerBound(one.helped, one.helped + one.reports),
    one.revision >= readsSince ? 0 : 1,
    -one.writtenAt,
    -one.id,
  ];
  return feedback
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => a.rank.reduce((order, value, at) => order || value - (b.rank[at] ?? 0), 0))
    .map(({ one }) => one);
}
