import { describe, expect, test } from 'vitest';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { DueAccount } from './digest-ledger.ts';
import { createTurns } from './turns.ts';

const now = asId<Instant>(Date.parse('2026-03-02T07:00:00Z'));
const hourMs = 3_600_000;
const account: DueAccount = {
  id: asId(1),
  timeZone: 'UTC',
  digestHour: 7,
  nextDigestAt: now,
  last: null,
  hasOpenDelivery: false,
  isUnreachable: false,
};

describe('a turn', () => {
  test('considers who is due, and knows when the next one is, with a digest and without', () => {
    expect(createTurns(now).decide(account)).toEqual({
      kind: 'consider',
      timeZone: 'UTC',
      localDate: '2026-03-02',
      nextAt: now + 24 * hourMs,
      afterDigestAt: now + 24 * hourMs,
    });
  });

  test('after an outage a quiet account keeps its hour, a told one waits 20 hours', () => {
    const night = asId<Instant>(now - 4 * hourMs);
    expect(createTurns(night).decide(account)).toMatchObject({
      nextAt: now,
      afterDigestAt: now + 24 * hourMs,
    });
  });

  test('waits while an earlier digest is on its way, and for suppressed addresses', () => {
    const turns = createTurns(now);
    const wait = { kind: 'wait', nextAt: now + 24 * hourMs };
    expect(turns.decide({ ...account, hasOpenDelivery: true })).toEqual(wait);
    expect(turns.decide({ ...account, isUnreachable: true })).toEqual(wait);
  });

  test('waits when the last digest is too near, or has the date already', () => {
    const turns = createTurns(now);
    const yesterday = { plannedAt: asId<Instant>(now - 12 * hourMs), localDate: '2026-03-01' };
    expect(turns.decide({ ...account, last: yesterday })).toEqual({ kind: 'wait', nextAt: now + 8 * hourMs });
    const ahead = { plannedAt: asId<Instant>(now - 30 * hourMs), localDate: '2026-03-02' };
    expect(turns.decide({ ...account, last: ahead })).toEqual({ kind: 'wait', nextAt: now + 24 * hourMs });
  });

  test('schedules an account that never was, and considers it when its hour is now', () => {
    const turns = createTurns(asId<Instant>(now + 1));
    const next = { kind: 'wait', nextAt: now + 24 * hourMs };
    expect(turns.decide({ ...account, nextDigestAt: null })).toEqual(next);
    expect(createTurns(now).decide({ ...account, nextDigestAt: null }).kind).toBe('consider');
  });

  test('gives accounts with an unknown zone UTC, and reports the zone', () => {
    const turns = createTurns(now);
    expect(turns.decide({ ...account, timeZone: 'Mars/Olympus' })).toMatchObject({ timeZone: 'UTC' });
    expect(turns.listUnknownTimeZones()).toEqual(['Mars/Olympus']);
  });
});
