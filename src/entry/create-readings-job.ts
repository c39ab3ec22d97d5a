import { setTimeout as sleep } from 'node:timers/promises';
import { createReadingKeeper } from '../knowledge/kept-readings/create-reading-keeper.ts';
import type { Parts } from './compose.ts';

/** A reading takes some milliseconds; as long again, and more, is everybody else's. */
const pauseMs = 10;

/** The job that makes readings for pages ahead of their readers; tells how many it made. */
export function createReadingsJob({ archive, readings }: Pick<Parts, 'archive' | 'readings'>) {
  return createReadingKeeper({ archive, shelf: readings, pause: () => sleep(pauseMs) });
}
