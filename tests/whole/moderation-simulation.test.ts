import { expect, test } from 'vitest';
import { simulateModeration } from '../factories/moderation-simulation.ts';

// Seeds that nothing was tuned to; `node bench/moderation.ts` prints the numbers of others beside a baseline.
test.each([11, 12])(
  'of 10,000 feedbacks of seed %i no good ones stay hidden, and no spam visible',
  async (seed) => {
    const { written, good, goodHidden, spam, spamVisible } = await simulateModeration({
      seed,
      feedbacks: 10_000,
    });
    expect(written).toBeGreaterThan(9000);
    expect(goodHidden / good).toBeLessThanOrEqual(0.01);
    expect(spamVisible / spam).toBeLessThanOrEqual(0.02);
  },
  600_000,
);
