import { CommanderError } from 'commander';
import { createProgram } from '../cli/program.ts';
import { describeFailure } from './describe-failure.ts';
import { programParts } from './program-parts.ts';

// "kbalertz changes | head" closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram(programParts).parseAsync(process.argv);
} catch (error) {
  // commander has printed its own message (or the help, with exit code 0) already.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const { sentence, exitCode } = describeFailure(error);
    process.stderr.write(`kbalertz: ${sentence}\n`);
    process.exitCode = exitCode;
  }
}
