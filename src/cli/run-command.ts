import type { Command } from 'commander';
import type { Output } from './output.ts';
import type { Workplace } from './workplace.ts';

/** Runs one command with the data open, and closes it whatever happens. */
export type RunCommand = (
  command: Command,
  action: (work: Workplace, output: Output) => Promise<void>,
) => Promise<void>;
