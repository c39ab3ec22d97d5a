import type { Command } from 'commander';
import { registerEvalBounces } from '../cli/eval-bounces.ts';
import { registerEvalChanges } from '../cli/eval-changes.ts';
import { registerEvalCsaf } from '../cli/eval-csaf.ts';
import { registerEvalFeeds } from '../cli/eval-feeds.ts';
import { registerEvalSearch } from '../cli/eval-search.ts';
import { readBounce } from '../delivery/bounces/read-bounce.ts';

/** The commands that measure how good the program is on labelled data; each runs what the program itself runs. */
export function registerEvaluations(program: Command): void {
  registerEvalChanges(program);
  registerEvalSearch(program);
  registerEvalFeeds(program, {
    evaluateFeeds: async (folder) =>
      (await import('../sources/feed/evaluation/evaluate-feeds.ts')).evaluateFeeds(folder),
  });
  registerEvalCsaf(program, {
    evaluateCsaf: async (folder) => (await import('../sources/csaf/evaluate-csaf.ts')).evaluateCsaf(folder),
  });
  registerEvalBounces(program, { readBounce });
}
