import { expect, test } from 'vitest';
import { asId, type Instant } from '../knowledge/ids.ts';
import { chooseSchedule, findNextScan, findScheduleProblem } from './scan-schedule.ts';

const now = asId<Instant>(Date.parse('2026-01-10T12:00:00Z'));
const minutesLater = (next: Instant) => (next - now) / 60_000;

test('a chosen schedule is a nightly pattern, the same for the same name', () => {
  expect(chooseSchedule('office')).toMatch(/^\d{1,2} [234] \* \* \*$/);
  expect(chooseSchedule('office')).toBe(chooseSchedule('office'));
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(chooseSchedule)).size).toBeGreaterThan(3);
});

test('the next scan is the next time of the pattern in UTC', () => {
  const next = findNextScan('17 2 * * *', { now, failures: 0, chance: 0 });
  expect(new Date(next).toISOString()).toBe('2026-01-11T02:17:00.000Z');
});

test('failures bring it forward, each time twice as late, never past the schedule', () => {
  const later = (failures: number) => minutesLater(findNextScan('17 2 * * *', { now, failures, chance: 0 }));
  expect([1, 2, 3, 4].map(later)).toEqual([15, 30, 60, 120]);
  expect(later(50)).toBe(minutesLater(findNextScan('17 2 * * *', { now, failures: 0, chance: 0 })));
});

test('a pattern that is none, or never comes, is named', () => {
  expect(findScheduleProblem('17 2 * * *')).toBeNull();
  expect(findScheduleProblem('soon')).toContain('soon');
  expect(findScheduleProblem('0 0 31 2 *')).toContain('never');
});
