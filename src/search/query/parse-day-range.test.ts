import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOfDate, dayOfInstant, parseDayRange } from './parse-day-range.ts';

test('a month is all of its days', () => {
  expect(parseDayRange('2024-02')).toEqual({
    fromDay: dayOfDate('2024-02-01'),
    beforeDay: dayOfDate('2024-03-01'),
  });
  expect(parseDayRange('2024-12')).toEqual({
    fromDay: dayOfDate('2024-12-01'),
    beforeDay: dayOfDate('2025-01-01'),
  });
});

test.each([
  ['>2024-02', { fromDay: dayOfDate('2024-03-01'), beforeDay: null }],
  ['>=2024-02', { fromDay: dayOfDate('2024-02-01'), beforeDay: null }],
  ['<2024-02-10', { fromDay: null, beforeDay: dayOfDate('2024-02-10') }],
  ['<=2024', { fromDay: null, beforeDay: dayOfDate('2025-01-01') }],
  ['2024-01..', { fromDay: dayOfDate('2024-01-01'), beforeDay: null }],
  ['..2024-01', { fromDay: null, beforeDay: dayOfDate('2024-02-01') }],
])('%s is a range', (text, range) => {
  expect(parseDayRange(text)).toEqual(range);
});

test.each(['', '..', '>', 'now', '2024-13', '2023-02-29', '24-01-01', '2024-01-01-01'])(
  '%j is none',
  (text) => {
    expect(parseDayRange(text)).toBeNull();
  },
);

test('every day is in its own range and in no other', () => {
  const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const range = parseDayRange(date.toISOString().slice(0, 10));
      const own = dayOfInstant(date.getTime());
      expect(range).toEqual({ fromDay: own, beforeDay: own + 1 });
    }),
  );
});
