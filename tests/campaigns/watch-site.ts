import { setTimeout as sleep } from 'node:timers/promises';

/** Asks the site twice a second, as another reader would, and keeps how long it took. */
export function createWatch(url: string, cookie: string) {
  let isOver = false;
  let times: number[] = [];
  let failures = 0;
  const run = async () => {
    for (let n = 0; !isOver; n += 1) {
      const startedMs = performance.now();
      const path = n % 2 === 0 ? '/healthz' : '/a/KB910336';
      const answer = await fetch(url + path, { headers: { cookie }, signal: AbortSignal.timeout(10_000) })
        .then(async (response) => {
          await response.arrayBuffer();
          return response.status;
        })
        .catch(() => 0);
      if (answer === 200) times.push(performance.now() - startedMs);
      else failures += 1;
      await sleep(500);
    }
  };
  void run();
  return {
    begin() {
      times = [];
      failures = 0;
    },
    describe(): string {
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
      return `${sorted.length} answers, median ${at(0.5)} ms, longest ${at(1)} ms; ${failures} failed`;
    },
    stop() {
      isOver = true;
    },
  };
}
