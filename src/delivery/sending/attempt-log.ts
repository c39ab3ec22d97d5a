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
  /** Waits until all that were added before are kept; returns how many were late since the last call. Throws what the queue threw. */
  flush(): Promise<number>;
  /** Waits while more than `most` are still to be kept: a slow database slows the sending down. Throws as well. */
  keepUp(most: number): Promise<void>;
} {
  let waiting: AttemptEnd[] = [];
  let writing: Promise<void> | null = null;
  let late = 0;
  let [added, kept] = [0, 0];
  let timer: NodeJS.Timeout | null = null;
  let failure: { error: unknown } | null = null;

  const write = async (): Promise<void> => {
    const ends = waiting;
    waiting = [];
    try {
      late += await keep(ends);
    } catch (error) {
      failure = { error };
    }
    kept += ends.length;
    writing = null;
    begin();
  };

  const keep = async (ends: readonly AttemptEnd[]): Promise<number> =>
    (await outlastOutage(() => queue.endAttempts(ends), pause)).late;

  const settle = async (goal: number): Promise<void> => {
    while (kept < goal) {
      begin();
      await writing;
    }
    if (failure === null) return;
    const { error } = failure;
    failure = null;
    throw error;
  };

  const begin = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (waiting.length > 0) writing ??= write();
  };

  return {
    add(end) {
      waiting.push(end);
      added += 1;
      if (timer === null && writing === null) timer = setTimeout(begin, gatherMs);
    },
    async flush() {
      await settle(added);
      const count = late;
      late = 0;
      return count;
    },
    keepUp: (most) => settle(added - most),
  };
}
