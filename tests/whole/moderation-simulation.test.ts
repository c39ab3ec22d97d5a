import { expect, test } from 'vitest';
import { simulateModeration } from '../factories/moderation-simulation.ts';
import { sizes } from '../sizes.ts';

// Seeds that nothing was tuned to; `node bench/moderation.ts` prints the numbers of others beside a baseline.
test.each(sizes.moderated.seeds)(
  'of thousands of feedbacks of seed %i no good ones stay hidden, and no spam visible',
  async (seed) => {
    const { written, good, goodHidden, spam, spamVisible } = await simulateModeration({
      seed,
      feedbacks: sizes.moderated.feedbacks,
    });
    expect(written).toBeGreaterThan(0.9 * sizes.moderated.feedbacks);
    expect(goodHidden / good).toBeLessThanOrEqual(0.01);
    expect(spamVisible / spam).toBeLessThanOrEqual(0.02);
  },
  600_000,
);
