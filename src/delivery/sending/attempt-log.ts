import type { AttemptEnd, LetterQueue } from '../../alerts/letter-queue.ts';

/**
 * Keeps how attempts ended as soon as they do: what ends while the last ones are being written is written together,
 * so that a fast server does not wait for one disk sync a message.
 */
export function createAttemptLog(queue: Pick<LetterQueue, 'endAttempts'>): {
  add(end: AttemptEnd): void;
  /** Waits until all are kept; returns how many were late since the last call. Throws what the queue threw. */
  flush(): Promise<number>;
} {
  let waiting: AttemptEnd[] = [];
  let writing: Promise<void> | null = null;
  let late = 0;
  let failure: { error: unknown } | null = null;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const ends = waiting;
      waiting = [];
      try {
        late += (await queue.endAttempts(ends)).late;
      } catch (error) {
        failure = { error };
      }
    }
    writing = null;
  };

  return {
    add(end) {
      waiting.push(end);
      writing ??= write();
    },
    async flush() {
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
