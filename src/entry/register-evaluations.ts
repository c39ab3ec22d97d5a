import type { Command } from 'commander';
import { registerEvalBounces } from '../cli/eval-bounces.ts';
import { registerEvalChanges } from '../cli/eval-changes.ts';
import { registerEvalCsaf } from '../cli/eval-csaf.ts';
import { registerEvalFeeds } from '../cli/eval-feeds.ts';
import { readBounce } from '../delivery/bounces/read-bounce.ts';
import { evaluateCsaf } from '../sources/csaf/evaluate-csaf.ts';
import { evaluateFeeds } from '../sources/feed/evaluation/evaluate-feeds.ts';

/** The commands that measure how good the program is on labelled data; each runs what the program itself runs. */
export function registerEvaluations(program: Command): void {
  registerEvalChanges(program);
  registerEvalFeeds(program, { evaluateFeeds });
  registerEvalCsaf(program, { evaluateCsaf });
  registerEvalBounces(program, { readBounce });
}
