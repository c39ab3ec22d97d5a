import type { FeedbackId } from '../knowledge/ids.ts';
import type { FeedbackState, QueueReason, Standing } from './feedback.ts';

export type Admission = {
  readonly state: Extract<FeedbackState, 'shown' | 'held' | 'merged'>;
  readonly queuedBecause: QueueReason | null;
  readonly mergedInto: FeedbackId | null;
};

/** From which probability on of being unwanted a text waits for a moderator. */
const suspiciousFrom = { anonymous: 0, new: 0.5, known: 0.9, trusted: 0.98 } as const;

/**
 * Where new feedback stands at first. Nothing is hidden by the filter alone: what it suspects waits for a moderator, as
 * does what strangers write and what new accounts write with links.
 */
export function admitFeedback(given: {
  readonly standing: Exclude<Standing, 'imported'>;
  readonly hasLinks: boolean;
  /** Something of the writer was put away before. */
  readonly hasPutAway: boolean;
  /** Of being unwanted; null: the filter can't tell yet. */
  readonly suspicion: number | null;
  /** Feedback on the same article that says the same. */
  readonly duplicate: { readonly id: FeedbackId; readonly state: FeedbackState } | null;
}): Admission {
  const { standing, suspicion, duplicate } = given;
  const hold = (queuedBecause: QueueReason): Admission => ({
    state: 'held',
    queuedBecause,
    mergedInto: null,
  });
  if (suspicion !== null && standing !== 'anonymous' && suspicion >= suspiciousFrom[standing]) {
    return hold('suspicious');
  }
  // Who had feedback put away and none accepted has to be believed anew.
  if (standing === 'new' && given.hasPutAway) return hold('suspicious');
  if (duplicate !== null && (duplicate.state === 'hidden' || duplicate.state === 'folded')) {
    return hold('suspicious');
  }
  if (standing === 'anonymous') return hold('anonymous');
  if (standing === 'new' && given.hasLinks) return hold('new-writer');
  if (duplicate !== null && duplicate.state === 'shown') {
    return { state: 'merged', queuedBecause: null, mergedInto: duplicate.id };
  }
  return { state: 'shown', queuedBecause: null, mergedInto: null };
}
