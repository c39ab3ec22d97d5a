import { setTimeout as sleep } from 'node:timers/promises';

/** As long as a database takes to start again, or another one to take its place. */
const patienceMs = 60_000;

/**
 * Asks a database that is away again for a minute, for what can't be left undone. Throws what it said last. What was
 * asked may have been done before its answer was lost: ask only for what may be done twice.
 */
export async function outlastOutage<T>(
  ask: () => Promise<T>,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<T> {
  for (let [waitMs, waitedMs] = [100, 0]; ; waitMs = Math.min(waitMs * 2, 5000)) {
    try {
      return await ask();
    } catch (error) {
      if (waitedMs >= patienceMs) throw error;
      await pause(waitMs);
      waitedMs += waitMs;
    }
  }
}
