/** Waits; rejects with the signal's reason when it is aborted. */
export type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

export type HostTurns = {
  /** Runs the work when all earlier work for the host has ended and the gap after it has passed. */
  inTurn<T>(turn: { host: string; gapMs: number; signal: AbortSignal }, work: () => Promise<T>): Promise<T>;
};

/** One request at a time for a host, with a gap between the end of one and the start of the next. */
export function createHostTurns({ now, sleep }: { now: () => number; sleep: Sleep }): HostTurns {
  const tails = new Map<string, Promise<unknown>>();
  const endedAt = new Map<string, number>();

  return {
    async inTurn({ host, gapMs, signal }, work) {
      const before = tails.get(host) ?? Promise.resolve();
      const mine = before.then(async () => {
        signal.throwIfAborted();
        const waitMs = (endedAt.get(host) ?? Number.NEGATIVE_INFINITY) + gapMs - now();
        if (waitMs > 0) await sleep(waitMs, signal);
        try {
          return await work();
        } finally {
          endedAt.set(host, now());
        }
      });
      // A turn that failed is its caller's affair, the next one starts all the same.
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      tails.set(host, settled);
      try {
        return await mine;
      } finally {
        if (tails.get(host) === settled) tails.delete(host);
      }
    },
  };
}
