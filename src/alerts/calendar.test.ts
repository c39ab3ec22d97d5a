import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { findNextDigestAt, type LastDigest, leastGapMs, localDateAt } from './calendar.ts';

const at = (text: string) => asId<Instant>(Date.parse(text));
const iso = (instant: number) => new Date(instant).toISOString();
const hourMs = 3_600_000;

describe('the next digest', () => {
  test('comes at the local hour, today if it is still to come', () => {
    const request = { timeZone: 'Asia/Kolkata', digestHour: 7, last: null };
    expect(iso(findNextDigestAt({ ...request, after: at('2026-03-02T01:00:00Z') }))).toBe(
      '2026-03-02T01:30:00.000Z',
    );
    expect(iso(findNextDigestAt({ ...request, after: at('2026-03-02T01:30:00.001Z') }))).toBe(
      '2026-03-03T01:30:00.000Z',
    );
  });

  test('waits 20 hours after a late one, and finds back to its hour', () => {
    const request = { timeZone: 'UTC', digestHour: 7 };
    const late: LastDigest = { plannedAt: at('2026-03-02T18:00:00Z'), localDate: '2026-03-02' };
    const second = findNextDigestAt({ ...request, after: at('2026-03-02T18:00:00Z'), last: late });
    expect(iso(second)).toBe('2026-03-03T14:00:00.000Z');
    const third = findNextDigestAt({
      ...request,
      after: second,
      last: { plannedAt: second, localDate: '2026-03-03' },
    });
    expect(iso(third)).toBe('2026-03-04T10:00:00.000Z');
  });

  test('comes right after an hour that the clock skips, and once in an hour that it repeats', () => {
    const spring = {
      timeZone: 'Europe/Berlin',
      digestHour: 2,
      after: at('2026-03-28T12:00:00Z'),
      last: null,
    };
    expect(iso(findNextDigestAt(spring))).toBe('2026-03-29T01:00:00.000Z'); // 03:00 summer time
    const autumn = { ...spring, after: at('2026-10-24T12:00:00Z') };
    const first = findNextDigestAt(autumn);
    expect(iso(first)).toBe('2026-10-25T00:00:00.000Z');
    const last = { plannedAt: first, localDate: '2026-10-25' };
    expect(iso(findNextDigestAt({ ...autumn, after: first, last }))).toBe('2026-10-26T01:00:00.000Z');
  });

  test('passes over a date that the zone never had', () => {
    const last = { plannedAt: at('2011-12-29T17:00:00Z'), localDate: '2011-12-29' };
    const next = findNextDigestAt({ timeZone: 'Pacific/Apia', digestHour: 7, after: last.plannedAt, last });
    expect(localDateAt(next, 'Pacific/Apia')).toBe('2011-12-31');
  });

  test('takes no date twice when a traveller crosses the date line', () => {
    const last = { plannedAt: at('2026-01-01T18:00:00Z'), localDate: '2026-01-02' }; // 07:00 in Auckland
    const request = {
      timeZone: 'America/Los_Angeles',
      digestHour: 7,
      after: at('2026-01-01T20:00:00Z'),
      last,
    };
    expect(iso(findNextDigestAt(request))).toBe('2026-01-03T15:00:00.000Z');
  });

  test('refuses a zone that there is not', () => {
    const request = {
      timeZone: 'Mars/Olympus',
      digestHour: 7,
      after: at('2026-01-01T00:00:00Z'),
      last: null,
    };
    expect(() => findNextDigestAt(request)).toThrow(RangeError);
  });
});

test('through zones, moves, late runs and clock changes no date repeats, no gap is short, no day is lost', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const step = fc.record({
    lateMs: fc.integer({ min: 0, max: 5 * hourMs }),
    hour: fc.nat({ max: 23 }),
    zone,
  });
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) }),
      fc.array(fc.record({ stays: fc.nat({ max: 20 }), step }), { minLength: 1, maxLength: 12 }),
      (start, stretches) => {
        let now = asId<Instant>(start);
        let last: LastDigest | null = null;
        for (const { stays, step } of stretches) {
          const { zone: timeZone, hour: digestHour } = step;
          for (let day = 0; day <= stays; day++) {
            const next: Instant = findNextDigestAt({ timeZone, digestHour, after: now, last });
            expect(next).toBeGreaterThanOrEqual(now);
            const localDate = localDateAt(next, timeZone);
            if (last) {
              expect(localDate > last.localDate).toBe(true);
              expect(next - last.plannedAt).toBeGreaterThanOrEqual(leastGapMs);
              // A stay in one zone costs no day; a move west may repeat one, and Apia lost one.
              if (day > 1) expect(next - last.plannedAt).toBeLessThanOrEqual(49 * hourMs);
              expect(next - last.plannedAt).toBeLessThanOrEqual(74 * hourMs);
            }
            now = asId(next + step.lateMs);
            last = { plannedAt: now, localDate: localDateAt(now, timeZone) };
          }
        }
      },
    ),
    { numRuns: runs(150) },
  );
});
