import type { RateLimits } from '../../accounts/rate-limits.ts';
import type { Clock } from '../../knowledge/clock.ts';
import { problemPage } from '../parts/problem-page.ts';
import type { SiteContext } from '../site-app.ts';
import { findClientNetwork, widenNetwork } from './client-network.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/**
 * Uses per network and window: a whole office may be behind one address. Searches are counted in lots, so that not each
 * one writes. Each sign-up may be a letter to a stranger, so that they are counted by the day, too, and of IPv6 also for
 * the 48 bits that one customer may have.
 */
const limits = {
  'sign-in': [{ counter: 'sign-in', limit: 60, windowMs: 15 * minuteMs, lot: 1, bits: 64 }],
  'sign-up': [
    { counter: 'sign-up', limit: 60, windowMs: 60 * minuteMs, lot: 1, bits: 64 },
    { counter: 'sign-up-day', limit: 100, windowMs: dayMs, lot: 1, bits: 64 },
    { counter: 'sign-up-site', limit: 300, windowMs: dayMs, lot: 1, bits: 48 },
  ],
  search: [{ counter: 'search', limit: 600, windowMs: 5 * minuteMs, lot: 20, bits: 64 }],
  feed: [{ counter: 'feed', limit: 600, windowMs: 5 * minuteMs, lot: 20, bits: 64 }],
} as const satisfies Readonly<Record<string, readonly Limit[]>>;
type Limit = {
  readonly counter: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly lot: number;
  /** Of an IPv6 address. */
  readonly bits: 64 | 48;
};
type Limited = keyof typeof limits;

export type RateLimiter = (c: SiteContext, name: Limited) => Promise<Response | null>;

/** Answers with a page that says when to come back once a network used up its share; null: go on. */
export function createRateLimiter(rateLimits: RateLimits, clock: Clock): RateLimiter {
  /** What is left of the lots that this process took; ends with their window. */
  const lots = new Map<string, { left: number; endsAt: number }>();
  const take = async (network: string, { counter, limit, windowMs, lot, bits }: Limit) => {
    const key = bits === 64 ? network : widenNetwork(network);
    const now = clock.now();
    const own = lots.get(`${counter} ${key}`);
    if (own !== undefined && own.left > 0 && own.endsAt > now) {
      own.left -= 1;
      return null;
    }
    const taken = await rateLimits.takePermits({ name: counter, key, limit, windowMs, now, permits: lot });
    if (taken.kind === 'limited') return taken;
    if (lots.size > 10_000) lots.clear(); // forgetting lots only costs their networks a few permits
    if (lot > 1) lots.set(`${counter} ${key}`, { left: lot - 1, endsAt: now + windowMs });
    return null;
  };
  return async (c, name) => {
    const network = findClientNetwork(c);
    for (const limit of limits[name]) {
      const limited = await take(network, limit);
      if (limited !== null) return refuse(c, limit, limited.retryAfterMs);
    }
    return null;
  };
}

function refuse(c: SiteContext, { limit, windowMs }: Limit, retryAfterMs: number) {
  const seconds = Math.ceil(retryAfterMs / 1000);
  c.header('retry-after', String(seconds));
  return problemPage(c, {
    status: 429,
    title: 'Too many tries from your network',
    happened: `We take at most ${limit} of these in ${windowMs === dayMs ? 'a day' : `${windowMs / minuteMs} minutes`} from one network, to keep the site usable and mailboxes safe.`,
    kept: 'Nothing was changed.',
    next: `Try again in ${inWords(seconds)}.`,
  });
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
