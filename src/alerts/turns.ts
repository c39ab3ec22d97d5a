import { asId, type Instant } from '../knowledge/ids.ts';
import { findNextDigestAt, leastGapMs, localDateAt } from './calendar.ts';
import type { DueAccount, Turn } from './digest-ledger.ts';

type Turns = {
  decide(account: DueAccount): Turn;
  /** Zones that the calendar does not know; their accounts were given UTC. */
  listUnknownTimeZones(): string[];
};

/** Decides the turns of one planning run at the instant `now`. */
export function createTurns(now: Instant): Turns {
  const zones = new Map<string, string>();
  const times = new Map<string, Extract<Turn, { kind: 'consider' }>>();

  const decide = (account: DueAccount): Turn => {
    const { digestHour, last, nextDigestAt } = account;
    const timeZone = knownZone(account.timeZone);
    const next = () => findNextDigestAt({ timeZone, digestHour, after: now, last });
    if (nextDigestAt === null && next() > now) return { kind: 'wait', nextAt: next() };
    const turn = turnAt(timeZone, digestHour);
    if (account.isUnreachable || account.hasOpenDelivery) return { kind: 'wait', nextAt: turn.nextAt };
    if (last !== null && (now - last.plannedAt < leastGapMs || turn.localDate <= last.localDate)) {
      // Only a changed zone, hour or clock leads here: what was scheduled before does not hold any more.
      return { kind: 'wait', nextAt: next() };
    }
    return turn;
  };

  // A million accounts share a few hundred pairs of zone and hour.
  const turnAt = (timeZone: string, digestHour: number) => {
    const key = `${digestHour} ${timeZone}`;
    const known = times.get(key);
    if (known !== undefined) return known;
    const localDate = localDateAt(now, timeZone);
    const request = { timeZone, digestHour, after: asId<Instant>(now + 1) };
    const turn = {
      kind: 'consider',
      timeZone,
      localDate,
      nextAt: findNextDigestAt({ ...request, last: null }),
      afterDigestAt: findNextDigestAt({ ...request, last: { plannedAt: now, localDate } }),
    } as const;
    times.set(key, turn);
    return turn;
  };

  const knownZone = (timeZone: string): string => {
    let zone = zones.get(timeZone);
    if (zone === undefined) {
      zone = isKnown(timeZone) ? timeZone : 'UTC'; // reported; nobody must lose a digest over it
      zones.set(timeZone, zone);
    }
    return zone;
  };

  return {
    decide,
    listUnknownTimeZones: () => [...zones].filter(([name, zone]) => name !== zone).map(([name]) => name),
  };
}

function isKnown(timeZone: string): boolean {
  try {
    localDateAt(asId(0), timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
