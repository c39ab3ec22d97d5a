import type { TechnologyId } from '../knowledge/ids.ts';
import type { Feedback } from './feedback.ts';

/** How often it worked. */
export type Tally = { readonly yes: number; readonly partly: number; readonly no: number };

export type FeedbackTally = {
  /** The first revision that reads as the newest one does: what is told of it holds for the text as it stands. */
  readonly readsSince: number;
  readonly now: Tally;
  /** Of earlier revisions. */
  readonly before: Tally;
  /** Of `now`, most told first; those that do not say left out. */
  readonly byTechnology: readonly { readonly technologyId: TechnologyId; readonly tally: Tally }[];
};

type Counted = Pick<
  Feedback,
  'id' | 'accountId' | 'outcome' | 'state' | 'technologyId' | 'version' | 'revision'
>;

/**
 * Counts what readers told, `feedback` in the order of writing. The last word of an account on a technology counts;
 * what is held, hidden or folded does not.
 */
export function tallyFeedback(feedback: readonly Counted[], readsSince: number): FeedbackTally {
  const words = new Map<string, Counted>();
  for (const one of feedback) {
    if (one.outcome === null || (one.state !== 'shown' && one.state !== 'merged')) continue;
    const writer = one.accountId === null ? `#${one.id}` : `${one.accountId} ${one.technologyId ?? ''}`;
    words.set(writer, one);
  }
  const counted = [...words.values()];
  const current = counted.filter((one) => one.revision >= readsSince);
  const byTechnology = [...Map.groupBy(current, (one) => one.technologyId)]
    .flatMap(([technologyId, some]) => (technologyId === null ? [] : [{ technologyId, tally: count(some) }]))
    .sort((a, b) => sizeOf(b.tally) - sizeOf(a.tally) || a.technologyId - b.technologyId);
  return {
    readsSince,
    now: count(current),
    before: count(counted.filter((one) => one.revision < readsSince)),
    byTechnology,
  };
}

/** How many told. */
export function sizeOf({ yes, partly, no }: Tally): number {
  return yes + partly + no;
}

function count(some: readonly Counted[]): Tally {
  const of = (outcome: string) => some.filter((one) => one.outcome === outcome).length;
  return { yes: of('yes'), partly: of('partly'), no: of('no') };
}
