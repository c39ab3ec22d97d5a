import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, readRetryAfterMs } from './back-off.ts';

test('pauses double up to the longest, each by chance between a half and the whole', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, chance) => {
        const ceilingMs = Math.min(60_000, 1000 * 2 ** Math.min(attempt, 30));
        const pauseMs = backOffMs(attempt, () => chance, { baseMs: 1000, maxMs: 60_000 });
        expect(pauseMs).toBeGreaterThanOrEqual(ceilingMs / 2);
        expect(pauseMs).toBeLessThanOrEqual(ceilingMs);
      },
    ),
  );
});

test.each([
  ['120', 120_000],
  [' 3 ', 3000],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['', null],
  [undefined, null],
  ['soon', null],
  ['-5', null],
  ['1e9', null],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(readRetryAfterMs(header, Date.UTC(2026, 0, 1))).toBe(expected);
});
