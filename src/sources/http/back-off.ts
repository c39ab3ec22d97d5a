/** Random number in [0, 1). */
export type Random = () => number;

/**
 * How long to wait before attempt `attempt` (1 is the first repetition): a random time up to `baseMs` doubled each
 * time, at most `maxMs`, and never less than half of that. Jitter, so that clients that failed together don't come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backOffMs(
  attempt: number,
  random: Random,
  { baseMs, maxMs } = { baseMs: 1000, maxMs: 60_000 },
) {
  const ceilingMs = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceilingMs * (0.5 + random() / 2));
}

/** Reads Retry-After (RFC 9110 section 10.2.3): seconds or a date. Milliseconds from `nowMs`, null when absent or senseless. */
export function readRetryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (text === '' || !/[a-z]{3}/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
