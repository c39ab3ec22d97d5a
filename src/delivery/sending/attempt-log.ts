import type { AttemptEnd, LetterQueue } from '../../alerts/letter-queue.ts';
import { outlastOutage } from './outlast-outage.ts';

/** How attempts ended. */
export type AttemptTally = {
  readonly accepted: number;
  readonly deferred: number;
  readonly failed: number;
  /** Attempts whose lease had run out, before they began or before their end was kept. */
  readonly late: number;
};

/** What ends within so long is written together: an embedded database holds everything up while it syncs the disk. */
const gatherMs = 15;

/**
 * Keeps how attempts ended within a moment: what ends meanwhile is written together, so that a fast server does not
 * wait for one disk sync a message. A database that is away is asked again for a
 * minute: an accepted message that nobody wrote down would be sent a second time.
 */
export function createAttemptLog(
  queue: Pick<LetterQueue, 'endAttempts'>,
  pause?: (ms: number) => Promise<unknown>,
): {
  add(end: AttemptEnd): void;
  /** Waits until all are kept; returns how many were late since the last call. Throws what the queue threw. */
  flush(): Promise<number>;
} {
  let waiting: AttemptEnd[] = [];
  let writing: Promise<void> | null = null;
  let late = 0;
  let timer: NodeJS.Timeout | null = null;
  let failure: { error: unknown } | null = null;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const ends = waiting;
      waiting = [];
      try {
        late += await keep(ends);
      } catch (error) {
        failure = { error };
      }
    }
    writing = null;
  };

  const keep = async (ends: readonly AttemptEnd[]): Promise<number> =>
    (await outlastOutage(() => queue.endAttempts(ends), pause)).late;

  const begin = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (waiting.length > 0) writing ??= write();
  };

  return {
    add(end) {
      waiting.push(end);
      if (timer === null && writing === null) timer = setTimeout(begin, gatherMs);
    },
    async flush() {
      begin();
      while (writing) await writing;
      if (failure) {
        const { error } = failure;
        failure = null;
        throw error;
      }
      const count = late;
      late = 0;
      return count;
    },
  };
}
