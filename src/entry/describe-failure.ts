import { CommandError } from '../cli/command-error.ts';
import { ConfigError } from './config.ts';

/** Turns whatever ended a command into one sentence for the terminal and an exit code. */
export function describeFailure(error: unknown): { sentence: string; exitCode: number } {
  if (error instanceof CommandError) return { sentence: error.message, exitCode: error.exitCode };
  if (error instanceof ConfigError) return { sentence: error.message, exitCode: 2 };
  if (!(error instanceof Error)) return { sentence: `Something went wrong: ${String(error)}`, exitCode: 1 };
  // Errors of ours carry a code and say what happened; of others the trace is the best that there is.
  const isOurs = error.constructor !== Error && 'code' in error && error.constructor.name.endsWith('Error');
  if (isOurs && !isSystemError(error)) return { sentence: error.message, exitCode: 1 };
  if (isSystemError(error)) return { sentence: describeSystemError(error), exitCode: 1 };
  return { sentence: error.stack ?? error.message, exitCode: 1 };
}

function isSystemError(error: Error): error is NodeJS.ErrnoException {
  return 'syscall' in error && 'code' in error;
}

function describeSystemError(error: NodeJS.ErrnoException): string {
  const place = error.path ?? '';
  switch (error.code) {
    case 'ENOSPC':
      return 'The disk is full. What was written before is kept; free some space and run it again.';
    case 'EACCES':
    case 'EPERM':
      return `This user may not use ${place}. Choose another folder with --data, or change its owner.`;
    case 'ENOENT':
      return `There is no ${place}. Check the path.`;
    case 'ENOTDIR':
      return `${place} lies below something that is no folder. Check the path.`;
    case 'EEXIST':
      return `${place} exists already and was left as it is. Choose another name.`;
    case 'EADDRINUSE':
      return `Another program listens on that port already. Choose another one with --port.`;
    default:
      return error.message;
  }
}
