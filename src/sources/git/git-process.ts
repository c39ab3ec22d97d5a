import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { SourceError } from '../../knowledge/source.ts';

/** Where and how long a git command may run. */
export type GitPlace = {
  /** The folder it runs in: the mirror, or the folder of mirrors. */
  readonly folder: string;
  /** A file that takes the place of every user's and machine's git configuration. */
  readonly configFile: string;
  /** The one transport that it may use. */
  readonly protocol: 'https' | 'file' | 'none';
  readonly signal: AbortSignal;
};

/** A git command ended badly; `stderr` is what it said. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly code: 'failed' | 'timeout' | 'too-much-output';
  readonly stderr: string;
  constructor(code: GitFailure['code'], command: string, stderr: string) {
    super(`git ${command}: ${code}${stderr === '' ? '' : `: ${stderr.trim().slice(-500)}`}`);
    this.code = code;
    this.stderr = stderr;
  }
}

/**
 * Variables that a git command needs and that can't change what it does: the way out and the certificates that the
 * operator trusts. The rest, above all other GIT_*, is left out.
 */
const keptVariables = [
  'PATH',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
];
const maxErrorChars = 20_000;

function environmentFor(place: GitPlace): Record<string, string> {
  const environment: Record<string, string> = {
    LC_ALL: 'C',
    HOME: place.folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: place.configFile,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: devNull,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ALLOW_PROTOCOL: place.protocol,
    GIT_PROTOCOL_FROM_USER: '1',
  };
  for (const name of keptVariables) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Starts git without a shell. The process ends with the signal. */
export function startGit(place: GitPlace, parameters: readonly string[]): ChildProcessWithoutNullStreams {
  place.signal.throwIfAborted();
  const child = spawn('git', parameters, {
    cwd: place.folder,
    env: environmentFor(place),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stop = () => child.kill('SIGKILL');
  place.signal.addEventListener('abort', stop, { once: true });
  child.once('close', () => place.signal.removeEventListener('abort', stop));
  // A command that ends early closes its input; what it said on stderr tells why.
  child.stdin.on('error', () => {});
  return child;
}

/**
 * Runs one git command to its end and returns its output. Throws GitFailure, SourceError (`no-git`) where git is not
 * installed, or the signal's reason.
 */
export async function runGit(
  place: GitPlace,
  parameters: readonly string[],
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
): Promise<Buffer> {
  const child = startGit(place, parameters);
  const command = parameters.find((parameter) => /^[a-z]/.test(parameter)) ?? '';
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let problem: GitFailure['code'] | null = null;
    const stop = (code: GitFailure['code']) => {
      problem ??= code;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => stop('timeout'), limits.timeoutMs);
    const errors = collectErrors(child);
    child.stdin.end();
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.maxBytes) stop('too-much-output');
      else chunks.push(chunk);
    });
    child.once('error', (cause) => {
      clearTimeout(timer);
      reject(describeStartFailure(cause));
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      if (place.signal.aborted) reject(place.signal.reason);
      else if (problem !== null) reject(new GitFailure(problem, command, errors.text));
      else if (status !== 0) reject(new GitFailure('failed', command, errors.text));
      else resolve(Buffer.concat(chunks));
    });
  });
}

/** What the process says on stderr, as far as it is worth keeping. */
export function collectErrors(child: ChildProcessWithoutNullStreams): { text: string } {
  const errors = { text: '' };
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (chunk: string) => {
    if (errors.text.length < maxErrorChars) errors.text += chunk.slice(0, maxErrorChars);
  });
  return errors;
}

export function describeStartFailure(cause: Error & { code?: string }): SourceError {
  const message =
    cause.code === 'ENOENT'
      ? 'git was not found on this machine, so git sources can not be read: install git and scan again.'
      : `git could not be started (${cause.message}).`;
  return new SourceError('no-git', message, { cause });
}
