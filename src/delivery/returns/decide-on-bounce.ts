import type { BounceKind } from '../bounces/bounce-report.ts';

/** What follows from a bounce. */
export type BounceDecision =
  /** Nothing is mailed to the address any more; `forMs` null: until it is proven again or somebody lifts it. */
  | {
      readonly kind: 'suppress';
      readonly reason: 'hard-bounce' | 'soft-bounces' | 'complaint';
      readonly forMs: number | null;
    }
  | { readonly kind: 'count' }
  /** The domain refuses us, not the reader: it is left alone for a while, and the administrators are told. */
  | { readonly kind: 'pause-domain' };

const dayMs = 86_400_000;
/** Soft bounces on so many different days, within so many, suppress softly. */
const softDaysToSuppress = 4;
export const softWindowDays = 14;
const softSuppressionMs = 14 * dayMs;

/** `softDays`: on how many days of the window the address had soft bounces, with this one. */
export function decideOnBounce(kind: BounceKind, softDays: number): BounceDecision {
  switch (kind) {
    case 'hard':
      return { kind: 'suppress', reason: 'hard-bounce', forMs: null };
    case 'complaint':
      return { kind: 'suppress', reason: 'complaint', forMs: null };
    case 'policy':
      return { kind: 'pause-domain' };
    case 'soft':
      return softDays < softDaysToSuppress
        ? { kind: 'count' }
        : { kind: 'suppress', reason: 'soft-bounces', forMs: softSuppressionMs };
  }
}

export const refusalWindowMs = dayMs;

/**
 * Whether refusals for policy are the domain's will, rather than that of single mailboxes or of somebody who sends us
 * false reports on their own address: a fifth of the accounts there, of large domains 3 and one in a hundred.
 */
export function isRefusedByDomain({ refused, accounts }: { refused: number; accounts: number }): boolean {
  return refused >= Math.min(Math.ceil(accounts / 5), Math.max(3, Math.ceil(accounts / 100)));
}

/** 6 hours, then 12, then a day each time, while the domain refuses us again as soon as it is tried. */
export function pauseLastsMs(pauses: number): number {
  return Math.min(6 * 2 ** (pauses - 1), 24) * 3_600_000;
}

/** Pauses follow each other when the domain refuses us again within two days of the last one's end. */
export const pausesInRowMs = 2 * dayMs;
