import { once } from 'node:events';
import { type ByteStream, createByteStream } from './byte-stream.ts';
import { collectErrors, describeStartFailure, GitFailure, type GitPlace, startGit } from './git-process.ts';

/** A git command that answers questions on its input, one after the other. */
export type GitSession = {
  ask(question: string): void;
  readonly answers: ByteStream;
  close(): Promise<void>;
};

/** How long git may think about one answer; the reader of the answers may take as long as it likes. */
const idleMs = 120_000;

export function openGitSession(place: GitPlace, parameters: readonly string[]): GitSession {
  const child = startGit(place, parameters);
  const errors = collectErrors(child);
  const command = parameters.find((parameter) => /^[a-z]/.test(parameter)) ?? '';
  let startFailure: Error | null = null;
  const closed = once(child, 'close').catch(() => {});
  child.on('error', (cause) => {
    startFailure = describeStartFailure(cause);
    child.stdout.destroy();
  });
  const answers = createByteStream(child.stdout, {
    idleMs,
    onEnd(isIdle) {
      if (startFailure) return startFailure;
      if (place.signal.aborted && place.signal.reason instanceof Error) return place.signal.reason;
      return new GitFailure(isIdle ? 'timeout' : 'failed', command, errors.text);
    },
  });
  return {
    ask: (question) => void child.stdin.write(question),
    answers,
    async close() {
      child.stdin.end();
      child.stdout.destroy();
      child.kill('SIGKILL');
      await closed;
    },
  };
}
