import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { programEnvironment } from './program-environment.ts';

export const launcher = join(import.meta.dirname, '../../bin/kbalertz');

export type ProgramRun = { readonly exitCode: number; readonly out: string; readonly err: string };

/** Runs `bin/kbalertz` as a person would, with no settings but those given. */
export async function runProgram(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ProgramRun> {
  const child = spawn(launcher, args, {
    env: { ...programEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
  return { exitCode, out, err };
}
