import { asId, type Instant } from '../../knowledge/ids.ts';

const minuteMs = 60_000;
const firstDelayMs = 5 * minuteMs;
const longestDelayMs = 4 * 60 * minuteMs;

/**
 * When to try again after attempt number `attempt`: 5 minutes, doubled each time up to 4 hours, give or take a fifth
 * so that what failed together does not come back together. `chance` is from 0 to 1.
 */
export function nextAttemptAt(request: { attempt: number; now: Instant; chance: number }): Instant {
  const delayMs = Math.min(firstDelayMs * 2 ** (request.attempt - 1), longestDelayMs);
  return asId(Math.round(request.now + delayMs * (0.8 + 0.4 * request.chance)));
}
