import type { Instant } from '../knowledge/ids.ts';

export type RateLimit = {
  /** What is limited, such as `sign-in`. */
  readonly name: string;
  /** Whom it limits: an address key, a network, an account. */
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
};

/** Counts uses per window, together for all processes. */
export type RateLimits = {
  /** Takes `permits` (1) of the window that `now` is in. */
  takePermits(rateLimit: RateLimit & { readonly now: Instant; readonly permits?: number }): Promise<
    /** With what is left of the window, and when it ends. */
    | { readonly kind: 'granted'; readonly left: number; readonly endsInMs: number }
    | { readonly kind: 'limited'; readonly retryAfterMs: number }
  >;
  deleteEndedWindows(now: Instant): Promise<number>;
};
