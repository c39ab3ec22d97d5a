import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { nextAttemptAt } from './back-off.ts';

const minuteMs = 60_000;
const now = asId<Instant>(0);

test('doubles from 5 minutes to 4 hours', () => {
  const delays = [1, 2, 3, 6, 7, 50].map(
    (attempt) => nextAttemptAt({ attempt, now, chance: 0.5 }) / minuteMs,
  );
  expect(delays).toEqual([5, 10, 20, 160, 240, 240]);
});

test('spreads by a fifth in both directions, and always moves on', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, chance) => {
        const middle = nextAttemptAt({ attempt, now, chance: 0.5 });
        const delay = nextAttemptAt({ attempt, now, chance });
        expect(delay).toBeGreaterThanOrEqual(0.79 * middle);
        expect(delay).toBeLessThanOrEqual(1.21 * middle);
      },
    ),
  );
});
