import { Temporal } from 'temporal-polyfill';
import { asId, type Instant } from '../knowledge/ids.ts';

const hourMs = 3_600_000;
/** The least time between two digests of an account; the database enforces it too. */
export const leastGapMs = 20 * hourMs;

/** The last digest of an account: when it was planned, and which local date (`YYYY-MM-DD`) it took. */
export type LastDigest = { readonly plannedAt: Instant; readonly localDate: string };

/**
 * The local date, `YYYY-MM-DD`, that the instant has in the IANA zone. Throws RangeError for an unknown zone.
 * Dates of the years 0 to 9999 compare as text.
 */
export function localDateAt(instant: Instant, timeZone: string): string {
  return atInstant(instant, timeZone).toPlainDate().toString();
}

/**
 * The first instant, not before `after`, at which the account may get a digest: its local hour has come on a date
 * that has no digest yet, and the last one is at least 20 hours old. An hour that a clock change skips counts from
 * the first moment after it; one that it repeats counts the first time.
 */
export function findNextDigestAt(request: {
  readonly timeZone: string;
  readonly digestHour: number;
  readonly after: Instant;
  readonly last: LastDigest | null;
}): Instant {
  const { timeZone, digestHour, last } = request;
  const earliest = Math.max(request.after, last === null ? 0 : last.plannedAt + leastGapMs);
  let date = atInstant(asId(earliest), timeZone).toPlainDate();
  if (last !== null && date.toString() <= last.localDate) {
    date = Temporal.PlainDate.from(last.localDate).add({ days: 1 });
  }
  for (;;) {
    const hourComesAt = date
      .toZonedDateTime({ timeZone, plainTime: { hour: digestHour } })
      .toInstant().epochMilliseconds;
    const candidate = isWaiting(last, earliest, hourComesAt) ? earliest : hourComesAt;
    // A zone may skip a date (Apia had no 30 December 2011): then the candidate lies on a later one.
    if (candidate >= earliest && localDateAt(asId(candidate), timeZone) === date.toString()) {
      return asId(candidate);
    }
    date = date.add({ days: 1 });
  }
}

/** The hour has come while the gap had not passed: the digest is due as soon as it has, on the same date. */
function isWaiting(last: LastDigest | null, earliest: number, hourComesAt: number): boolean {
  return last !== null && earliest === last.plannedAt + leastGapMs && hourComesAt < earliest;
}

function atInstant(instant: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}
