import type { Instant } from '../knowledge/ids.ts';

/** A message that is ready to be sent. Its bytes and its Message-ID are the same at every attempt. */
export type Letter = {
  /** Of the delivery or the notice. */
  readonly id: number;
  readonly address: string;
  readonly messageId: string;
  readonly message: Uint8Array;
  /** Number of the attempt that begins now: 1, 2, 3 … It is on disk already. */
  readonly attempt: number;
  /** When there was first something to send; giving up counts from here. */
  readonly queuedAt: Instant;
  readonly leaseToken: string;
  /** From then on somebody else may send it. */
  readonly leaseUntil: Instant;
};

/** How an attempt ended; `response` is what the other side said, in its words. */
export type AttemptOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  | { readonly kind: 'deferred'; readonly response: string; readonly nextAttemptAt: Instant }
  | { readonly kind: 'failed'; readonly response: string };

export type AttemptEnd = {
  readonly letter: Letter;
  readonly outcome: AttemptOutcome;
  readonly endedAt: Instant;
};

/**
 * Letters on their way: queued → sending → accepted | deferred | failed, and deferred → sending again. `sending`
 * lasts no longer than its lease: a letter whose worker is gone is claimed again, and its bytes may then arrive twice.
 */
export type LetterQueue = {
  /**
   * Those that are due, the longest waiting first; each attempt is recorded as begun before this returns. Digests to
   * paused domains and to `exceptDomains` wait. Several digests of an account that nobody attempted yet are withdrawn
   * instead, and planned anew as one: never a pile after an outage.
   */
  claimLetters(request: {
    readonly now: Instant;
    readonly limit: number;
    readonly leaseMs: number;
    readonly leaseToken: string;
    readonly exceptDomains?: readonly string[];
  }): Promise<Letter[]>;
  /**
   * Keeps how attempts ended. An attempt whose lease somebody else took over changes nothing but its own record;
   * `late` counts these.
   */
  endAttempts(ends: readonly AttemptEnd[]): Promise<{ readonly late: number }>;
};
