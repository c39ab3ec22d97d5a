import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { WorkplaceOptions } from '../cli/workplace.ts';
import type { Log } from './log.ts';

/** Runs the work in a thread; a thread that dies is replaced after a pause. `stop` waits for what is under way. */
export function startWorkerThread(options: WorkplaceOptions, log: Log): { stop(): Promise<void> } {
  let isStopping = false;
  let thread = start();

  function start(): Worker {
    const { data, database } = options;
    const worker = new Worker(new URL('./worker-thread.ts', import.meta.url), {
      workerData: { ...(data !== undefined && { data }), ...(database !== undefined && { database }) },
    });
    worker.on('error', (error) => log.error({ err: error }, 'the working thread died'));
    worker.once('exit', async () => {
      if (isStopping) return;
      await sleep(5000);
      if (!isStopping) thread = start();
    });
    return worker;
  }

  return {
    async stop() {
      isStopping = true;
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await Promise.race([ended, sleep(20_000, undefined, { ref: false })]);
      await thread.terminate();
    },
  };
}
