import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { repeat } from './repeat.ts';

const log = createLog('silent');

test('goes on until it is stopped, and waits for the piece under way', async () => {
  const stop = new AbortController();
  let begun = 0;
  let ended = 0;
  await repeat({
    name: 'count',
    pauseMs: 1,
    signal: stop.signal,
    log,
    step: async () => {
      begun += 1;
      if (begun === 3) stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended += 1;
    },
  });
  expect([begun, ended]).toEqual([3, 3]);
});

test('a piece that fails is tried again', async () => {
  const stop = new AbortController();
  let tries = 0;
  await repeat({
    name: 'fail',
    pauseMs: 1,
    signal: stop.signal,
    log,
    step: async () => {
      tries += 1;
      if (tries === 1) throw new Error('once');
      stop.abort();
    },
  });
  expect(tries).toBe(2);
});
