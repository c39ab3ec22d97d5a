import { asId, type Instant } from '../../knowledge/ids.ts';

const [secondMs, minuteMs, hourMs] = [1000, 60_000, 3_600_000];
/** As Standard Webhooks proposes ("Deliverability and reliability"): three days together. */
const delaysMs = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  20 * hourMs,
];
const defaultGiveUpAfterMs = 72 * hourMs;

/**
 * When to try again after attempt number `attempt`, give or take a tenth, and not before what the other side asked for;
 * null: it is given up. `chance` is from 0 to 1.
 */
export function nextAttemptAt(request: {
  readonly attempt: number;
  readonly queuedAt: Instant;
  readonly now: Instant;
  readonly retryAfterMs: number | null;
  readonly chance: number;
  /** Counted from when there was first something to send. */
  readonly giveUpAfterMs?: number | undefined;
}): Instant | null {
  const { attempt, now, queuedAt, retryAfterMs, chance } = request;
  const { giveUpAfterMs = defaultGiveUpAfterMs } = request;
  const delayMs = delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 0;
  const spreadMs = Math.round(delayMs * (0.9 + 0.2 * chance));
  const nextAt = now + Math.max(spreadMs, retryAfterMs ?? 0);
  return nextAt > queuedAt + giveUpAfterMs ? null : asId<Instant>(nextAt);
}
