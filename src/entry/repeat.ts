import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Report } from './monitoring/measurement.ts';

/**
 * Does a piece of work again and again until the signal comes, one at a time with a pause between. A piece that
 * fails is noted and tried again after a longer pause, at most a minute: nothing that goes wrong ends the process.
 * Resolves when the last piece has ended.
 */
export async function repeat(work: {
  readonly name: string;
  readonly pauseMs: number;
  readonly step: (signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly report?: Report;
}): Promise<void> {
  const { name, pauseMs, step, signal, log, report = () => {} } = work;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await step(signal);
      failures = 0;
      report({ kind: 'round', job: name, hasFailed: false });
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      report({ kind: 'round', job: name, hasFailed: true });
      log.error({ err: error, work: name, failures }, 'a piece of work failed and is tried again');
    }
    const backOffMs = failures === 0 ? pauseMs : Math.min(60_000, Math.max(pauseMs, 500) * 2 ** failures);
    await sleep(backOffMs, undefined, { signal }).catch(() => {}); // woken by the signal: the loop ends
  }
}
