import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { asId, type Instant } from '../knowledge/ids.ts';

const minuteMs = 60_000;

/** A nightly pattern in UTC for a source that has none: a minute of its own, so that a hundred do not start together. */
export function chooseSchedule(name: string): string {
  const hash = createHash('sha256').update(name).digest();
  return `${hash.readUInt8(0) % 60} ${2 + (hash.readUInt8(1) % 3)} * * *`;
}

/** Why a cron pattern can't be used, in a sentence; null: it can. */
export function findScheduleProblem(schedule: string): string | null {
  try {
    return new Cron(schedule, { timezone: 'UTC', paused: true }).nextRun()
      ? null
      : `"${schedule}" never comes.`;
  } catch (error) {
    return `"${schedule}" is no cron pattern such as "17 2 * * *": ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * The instant of the next scan. After failures in a row it comes sooner than the schedule says: after 15 minutes,
 * then twice as long each time, with up to a fifth more by chance, so that sources of one host do not come back together.
 */
export function findNextScan(
  schedule: string,
  { now, failures, chance }: { now: Instant; failures: number; chance: number },
): Instant {
  const regular =
    new Cron(schedule, { timezone: 'UTC', paused: true }).nextRun(new Date(now))?.getTime() ??
    now + 24 * 60 * minuteMs;
  if (failures === 0) return asId<Instant>(regular);
  const backOffMs = 15 * minuteMs * 2 ** Math.min(failures - 1, 6) * (1 + chance / 5);
  return asId<Instant>(Math.min(regular, Math.round(now + backOffMs)));
}
