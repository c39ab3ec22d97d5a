import type { RateLimits } from '../../accounts/rate-limits.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { ApiContext, Caller } from '../api-app.ts';
import { problem } from '../problem.ts';
import { wantsLines } from '../serving/answer-lines.ts';

const windowMs = 60_000;
/** Requests a minute; counted in lots, so that not each one writes. */
const policies = {
  anybody: { limit: 60, lot: 5 },
  token: { limit: 600, lot: 20 },
} as const;
/** What reads a whole list at once counts for as many requests. */
const linesCost = 10;

/** The answer that it is too much, or null; and the headers of any answer, which tell what is left. */
export type RateLimiter = (c: ApiContext) => Promise<{
  readonly refusal: Response | null;
  readonly headers: Readonly<Record<string, string>>;
}>;

/**
 * Holds every caller to a rate, together for all processes, and says so in the fields of
 * draft-ietf-httpapi-ratelimit-headers (RateLimit-Policy and RateLimit).
 */
export function createRateLimiter(rateLimits: RateLimits, clock: Clock): RateLimiter {
  /** What is left of the lots that this process took; ends with their window. */
  const lots = new Map<string, { left: number; behind: number; endsAt: number }>();

  async function take(kind: Caller['kind'], key: string, cost: number) {
    const { limit, lot } = policies[kind];
    const now = clock.now();
    const own = lots.get(key);
    if (own !== undefined && own.left >= cost && own.endsAt > now) {
      own.left -= cost;
      return { isGranted: true, left: own.left + own.behind, endsInMs: own.endsAt - now };
    }
    const permits = Math.max(lot, cost);
    const taken = await rateLimits.takePermits({ name: `api-${kind}`, key, limit, windowMs, now, permits });
    if (taken.kind === 'limited') return { isGranted: false, left: 0, endsInMs: taken.retryAfterMs };
    if (lots.size > 10_000) lots.clear(); // forgetting lots only costs their callers a few permits
    const kept = { left: permits - cost, behind: taken.left, endsAt: now + taken.endsInMs };
    lots.set(key, kept);
    return { isGranted: true, left: kept.left + kept.behind, endsInMs: taken.endsInMs };
  }

  return async (c) => {
    const caller = c.get('caller');
    const key = caller.kind === 'token' ? String(caller.token.id) : caller.network;
    const { limit } = policies[caller.kind];
    const { isGranted, left, endsInMs } = await take(caller.kind, key, wantsLines(c) ? linesCost : 1);
    const seconds = Math.ceil(endsInMs / 1000);
    const headers = {
      'ratelimit-policy': `"${caller.kind}";q=${limit};w=${windowMs / 1000}`,
      ratelimit: `"${caller.kind}";r=${left};t=${seconds}`,
    };
    if (isGranted) return { refusal: null, headers };
    const who = caller.kind === 'token' ? 'A token' : 'A network without a token';
    const detail = `${who} may make ${limit} requests a minute. Nothing was done.`;
    return {
      refusal: problem(c, 'too-many-requests', detail),
      headers: { ...headers, 'retry-after': String(seconds) },
    };
  };
}
