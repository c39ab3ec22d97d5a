import type { Command } from 'commander';
import { registerEvalBounces } from '../cli/eval-bounces.ts';
import { registerEvalChanges } from '../cli/eval-changes.ts';
import { readBounce } from '../delivery/bounces/read-bounce.ts';

/** The commands that measure how good the program is on labelled data; each runs what the program itself runs. */
export function registerEvaluations(program: Command): void {
  registerEvalChanges(program);
  registerEvalBounces(program, { readBounce });
}
