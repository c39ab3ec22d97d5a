import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ServeOptions } from '../cli/commands/serve.ts';
import type { Log } from './log.ts';

/** What the command line said of the settings; a thread reads the rest from the environment. */
export type ThreadOverrides = {
  readonly [Name in 'data' | 'database' | 'host' | 'port']?: ServeOptions[Name] | undefined;
};

const restartPauseMs = 5000;
const stopTimeoutMs = 20_000;

/**
 * Runs a module in a thread; one that dies is replaced after a pause. `stop` sends it a message and waits for what is
 * under way, at most 20 seconds.
 */
export function startThread(
  module: URL,
  given: {
    readonly name: string;
    readonly options: ThreadOverrides;
    readonly log: Log;
    readonly onMessage?: (message: unknown) => void;
  },
): { stop(): Promise<void> } {
  const { name, options, log, onMessage = () => {} } = given;
  const { data, database, host, port } = options;
  let isStopping = false;
  let thread = start();

  function start(): Worker {
    const worker = new Worker(module, { name, workerData: { data, database, host, port } });
    worker.on('message', onMessage);
    worker.on('error', (error) => log.error({ err: error, thread: name }, 'a thread died'));
    worker.once('exit', async () => {
      if (isStopping) return;
      await sleep(restartPauseMs, undefined, { ref: false });
      if (!isStopping) thread = start();
    });
    return worker;
  }

  return {
    async stop() {
      isStopping = true;
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await Promise.race([ended, sleep(stopTimeoutMs, undefined, { ref: false })]);
      await thread.terminate();
    },
  };
}
