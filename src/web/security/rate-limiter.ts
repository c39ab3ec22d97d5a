import type { RateLimits } from '../../accounts/rate-limits.ts';
import type { Clock } from '../../knowledge/clock.ts';
import { problemPage } from '../parts/problem-page.ts';
import type { SiteContext } from '../site-app.ts';
import { findClientNetwork } from './client-network.ts';

const minuteMs = 60_000;
/** Uses per network and window: a whole office may be behind one address. Searches are counted in lots, so that not each one writes. */
const limits = {
  'sign-in': { limit: 60, windowMs: 15 * minuteMs, lot: 1 },
  'sign-up': { limit: 60, windowMs: 60 * minuteMs, lot: 1 },
  search: { limit: 600, windowMs: 5 * minuteMs, lot: 20 },
  feed: { limit: 600, windowMs: 5 * minuteMs, lot: 20 },
} as const;
type Limited = keyof typeof limits;

export type RateLimiter = (c: SiteContext, name: Limited) => Promise<Response | null>;

/** Answers with a page that says when to come back once a network used up its share; null: go on. */
export function createRateLimiter(rateLimits: RateLimits, clock: Clock): RateLimiter {
  /** What is left of the lots that this process took; ends with their window. */
  const lots = new Map<string, { left: number; endsAt: number }>();
  return async (c, name) => {
    const { limit, windowMs, lot } = limits[name];
    const key = findClientNetwork(c);
    const now = clock.now();
    const own = lots.get(`${name} ${key}`);
    if (own !== undefined && own.left > 0 && own.endsAt > now) {
      own.left -= 1;
      return null;
    }
    const taken = await rateLimits.takePermits({ name, key, limit, windowMs, now, permits: lot });
    if (taken.kind === 'granted') {
      if (lots.size > 10_000) lots.clear(); // forgetting lots only costs their networks a few permits
      if (lot > 1) lots.set(`${name} ${key}`, { left: lot - 1, endsAt: now + windowMs });
      return null;
    }
    const seconds = Math.ceil(taken.retryAfterMs / 1000);
    c.header('retry-after', String(seconds));
    return problemPage(c, {
      status: 429,
      title: 'Too many tries from your network',
      happened: `We take at most ${limit} of these in ${windowMs / minuteMs} minutes from one network, to keep the site usable and mailboxes safe.`,
      kept: 'Nothing was changed.',
      next: `Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
    });
  };
}
