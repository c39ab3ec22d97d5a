import type { Standing } from './feedback.ts';

/** How a writer's feedback fared: shown without objection or by a moderator's word; put away. */
export type WriterRecord = { readonly accepted: number; readonly putAway: number };

/** How often a reporter was right, by the moderators' word. */
export type ReporterRecord = { readonly right: number; readonly wrong: number };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What a writer may do for an hour or a day. */
const allowances: Readonly<Record<Exclude<Standing, 'imported'>, { limit: number; windowMs: number }>> = {
  anonymous: { limit: 3, windowMs: hourMs },
  new: { limit: 5, windowMs: dayMs },
  known: { limit: 20, windowMs: dayMs },
  trusted: { limit: 60, windowMs: dayMs },
};

export function allowanceOf(standing: Exclude<Standing, 'imported'>): { limit: number; windowMs: number } {
  return allowances[standing];
}

/**
 * How far a writer is trusted; `record` is null for somebody without an account. The share of accepted feedback is the
 * mean of a Beta distribution that begins at one of each (Laplace's rule of succession): three accepted and nothing
 * put away make 0.8.
 */
export function standingOf(record: WriterRecord | null): Exclude<Standing, 'imported'> {
  if (record === null) return 'anonymous';
  const share = shareOfGood(record);
  if (record.accepted >= 3 && share >= 0.8) return 'trusted';
  if (record.accepted >= 1 && share >= 0.5) return 'known';
  return 'new';
}

/** Mean of the Beta posterior of a writer's feedback being fit to be shown. */
export function shareOfGood({ accepted, putAway }: WriterRecord): number {
  return (accepted + 1) / (accepted + putAway + 2);
}

/**
 * How reliable a reporter is: the mean of the Beta posterior that begins at `before`. Readers with an account begin at
 * two right and one wrong; those without share one record, which begins at one of each: alone they prove nothing.
 */
export function reliabilityOf(record: ReporterRecord, hasAccount: boolean): number {
  const before = hasAccount ? { right: 2, wrong: 1 } : { right: 1, wrong: 1 };
  return (record.right + before.right) / (record.right + record.wrong + before.right + before.wrong);
}
