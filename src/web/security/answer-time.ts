import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `work` and answers no sooner than `minimumMs` after the start: the time tells nothing about what was found. */
export async function answerNoSoonerThan<T>(minimumMs: number, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await work();
  } finally {
    const restMs = minimumMs - (performance.now() - startedMs);
    if (restMs > 0) await sleep(restMs);
  }
}
