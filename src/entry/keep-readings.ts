import { setTimeout as sleep } from 'node:timers/promises';
import { createReadingKeeper } from '../knowledge/kept-readings/create-reading-keeper.ts';
import type { Parts } from './compose.ts';
import type { Log } from './log.ts';

/** A reading takes some milliseconds; as long again, and more, is everybody else's. */
const pauseMs = 10;

/** The job that makes readings for pages ahead of their readers. */
export function keepReadings(
  { archive, readings }: Pick<Parts, 'archive' | 'readings'>,
  log: Log,
): (signal: AbortSignal) => Promise<void> {
  const keepMissing = createReadingKeeper({
    archive,
    shelf: readings,
    pause: () => sleep(pauseMs),
  });
  return async (signal) => {
    const { made } = await keepMissing(signal);
    if (made > 0) log.info({ articles: made }, 'readings of articles kept for their pages');
  };
}
