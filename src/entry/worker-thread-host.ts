import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ServeOptions } from '../cli/commands/serve.ts';
import type { Log } from './log.ts';

/** What the command line said of the settings; the thread reads the rest from the environment. */
type ServeOverrides = {
  readonly [Name in 'data' | 'database' | 'host' | 'port']?: ServeOptions[Name] | undefined;
};

/** Runs the work in a thread; a thread that dies is replaced after a pause. `stop` waits for what is under way. */
export function startWorkerThread(options: ServeOverrides, log: Log): { stop(): Promise<void> } {
  let isStopping = false;
  let thread = start();

  function start(): Worker {
    const { data, database, host, port } = options;
    const workerData = { data, database, host, port } satisfies ServeOverrides;
    const worker = new Worker(new URL('./worker-thread.ts', import.meta.url), { workerData });
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
