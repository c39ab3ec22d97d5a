import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programEnvironment } from './program-environment.ts';
import { launcher, type ProgramRun, runProgram } from './run-program.ts';
import { findFreePort } from './start-program.ts';

export type RunningSite = {
  readonly url: string;
  /** The link that makes the first administrator. */
  readonly administratorLink: string;
  /** Runs a command on the data of the site while it serves. Fails the test when the command does. */
  run(...args: string[]): Promise<ProgramRun>;
  stop(): Promise<void>;
};

/**
 * Starts the program as `npm start` does, on data of its own, and waits until the starter knowledge base is taken in.
 * `settings` are further environment variables.
 */
export async function startSite(settings: Readonly<Record<string, string>> = {}): Promise<RunningSite> {
  const data = mkdtempSync(join(tmpdir(), 'kbalertz-site-'));
  const url = `http://localhost:${await findFreePort()}`;
  const env = { KBALERTZ_PORT: new URL(url).port, KBALERTZ_LOG: 'warn', ...settings };
  const child = spawn(launcher, ['serve', '--starter', '--data', data], {
    env: { ...programEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  }
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const run = async (...args: string[]) => {
    const outcome = await runProgram([...args, '--data', data], env);
    if (outcome.exitCode !== 0) throw new Error(`kbalertz ${args.join(' ')}: ${outcome.err}${outcome.out}`);
    return outcome;
  };
  const findLink = () => /http:\S+\/first-administrator\/\S+/.exec(out)?.[0];
  const isReady = async () => findLink() !== undefined && (await countArticles(url)) > 20;
  const deadlineMs = performance.now() + 90_000;
  while (!(await isReady())) {
    if (performance.now() > deadlineMs || child.exitCode !== null) {
      await stop();
      throw new Error(`The site did not start:\n${out}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, administratorLink: findLink() ?? '', run, stop };
}

async function countArticles(url: string): Promise<number> {
  const answer = await fetch(`${url}/`).catch(() => null); // it may not listen yet
  const page = answer === null ? '' : await answer.text();
  return Number(/<dt>Articles<\/dt><dd>([\d,]+)/.exec(page)?.[1]?.replaceAll(',', '') ?? 0);
}
