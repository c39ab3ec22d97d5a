import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programEnvironment } from './program-environment.ts';
import { launcher } from './run-program.ts';

export type RunningProgram = {
  /** Where it listens, such as `http://127.0.0.1:4711`. */
  readonly url: string;
  readonly port: number;
  readonly data: string;
  /** Everything that it said so far. */
  said(): { readonly out: string; readonly err: string };
  /** Asks it to end, waits until it did, and removes its data. */
  stop(): Promise<void>;
};

/** Starts `kbalertz serve` on data of its own and waits until it answers. `command` is another launcher of it. */
export async function startProgram(
  given: {
    readonly settings?: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
    readonly command?: string;
    /** What has to answer with 200; `/healthz` as a rule. */
    readonly until?: string;
  } = {},
): Promise<RunningProgram> {
  const data = mkdtempSync(join(tmpdir(), 'kbalertz-program-'));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(given.command ?? launcher, ['serve', ...(given.args ?? []), '--data', data], {
    env: {
      ...programEnvironment,
      KBALERTZ_PORT: String(port),
      KBALERTZ_LOG: 'warn',
      ...given.settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const isReady = async () =>
    (await fetch(url + (given.until ?? '/healthz')).catch(() => null))?.status === 200;
  const deadlineMs = performance.now() + 90_000;
  while (!(await isReady())) {
    if (performance.now() > deadlineMs || child.exitCode !== null) {
      await stop();
      throw new Error(`The program did not start:\n${said.out}${said.err}`);
    }
    await sleep(200);
  }
  return { url, port, data, said: () => ({ ...said }), stop };
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // it listens on a port, not on a pipe
      probe.close(() => resolve(port));
    });
  });
}
