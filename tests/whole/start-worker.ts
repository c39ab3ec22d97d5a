import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programEnvironment } from './program-environment.ts';
import { launcher } from './run-program.ts';

export type RunningWorker = {
  isAlive(): boolean;
  /** Everything that it logged so far. */
  said(): string;
  /** Asks it to end, waits until it did, and removes its data. */
  stop(): Promise<void>;
};

/** Starts `kbalertz worker` on data of its own. */
export function startWorker(settings: Readonly<Record<string, string>>): RunningWorker {
  const data = mkdtempSync(join(tmpdir(), 'kbalertz-worker-'));
  const child = spawn(launcher, ['worker', '--data', data], {
    env: { ...programEnvironment, KBALERTZ_LOG: 'info', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    isAlive: () => child.exitCode === null && child.signalCode === null,
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
