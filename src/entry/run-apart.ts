import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { AuditActor } from '../accounts/audit.ts';
import { type AccountId, asId } from '../knowledge/ids.ts';

export type ApartOutcome =
  | { readonly kind: 'done'; readonly value: unknown }
  /** The command's own sentence of what went wrong. */
  | { readonly kind: 'refused'; readonly sentence: string };

const launcher = join(import.meta.dirname, '../../bin/kbalertz');
const actorVariable = 'KBALERTZ_RUN_APART_BY';

/** The account for which the site runs this process; null: it was not run by the site. */
export function findWhoRanIt(): AuditActor | null {
  const id = Number(process.env[actorVariable] ?? Number.NaN);
  return Number.isSafeInteger(id) ? { kind: 'account', id: asId(id) } : null;
}

const maxOutputBytes = 20_000_000;

/**
 * Runs a command of the command line in a process of its own, so that long work holds up no page, and gives what it
 * printed as JSON. The process has the settings of this one; what it changes is recorded as done by the account `by`.
 */
export function runApart(
  args: readonly string[],
  { timeoutMs, by }: { readonly timeoutMs: number; readonly by: AccountId },
): Promise<ApartOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(launcher, [...args, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      env: { ...process.env, [actorVariable]: String(by) },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.length > maxOutputBytes) child.kill();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err = (err + text).slice(-10_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ kind: 'done', value: JSON.parse(out) });
      else resolve({ kind: 'refused', sentence: readSentence(err, code) });
    });
  });
}

function readSentence(err: string, code: number | null): string {
  const said = err
    .split('\n')
    .filter((line) => line.startsWith('kbalertz: ') || line.startsWith('error: '))
    .at(-1)
    ?.replace(/^(kbalertz|error): /, '');
  return (
    said ??
    (code === null ? 'It took too long and was stopped; nothing was kept.' : 'It failed and gave no reason.')
  );
}
