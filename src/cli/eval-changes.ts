import type { Command } from 'commander';
import type { Significance } from '../knowledge/change.ts';
import type { ChangeEvaluation } from './evaluate-changes.ts';
import { createOutput, formatTable } from './output.ts';

const classes: readonly Significance[] = ['material', 'minor', 'invisible'];

/** The evaluation as a table for people. */
function formatEvaluation({ count, confusion, material, accuracy, changes }: ChangeEvaluation): string {
  const others = changes.filter((change) => !change.isArticle).length;
  const percent = (share: number) => share.toFixed(3);
  return [
    `${count} labelled changes${others === 0 ? '' : `; ${others} of files that are no articles count as invisible`}`,
    '',
    formatTable(
      ['label', ...classes.map((name) => `judged ${name}`)],
      classes.map((label) => [label, ...classes.map((judged) => confusion[label][judged])]),
    ),
    '',
    `material   precision ${percent(material.precision)}   recall ${percent(material.recall)}   F1 ${percent(material.f1)}`,
    `all three  accuracy ${percent(accuracy)}`,
  ].join('\n');
}

/** Adds `eval changes` to the command line; `eval` is shared with other evaluations. */
export function registerEvalChanges(program: Command): void {
  const parent =
    program.commands.find((command) => command.name() === 'eval') ??
    program.command('eval').description('measures how good the program is on labelled data');
  parent
    .command('changes')
    .description('judges labelled changes of a git repository and compares with the labels')
    .requiredOption('--repo <dir>', 'git repository that has the texts')
    .requiredOption('--labels <file>', 'JSON list of { id, path, date, before, after, label }')
    .option('--json', 'print one JSON document for machines')
    .action(async (options: { repo: string; labels: string }, command: Command) => {
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const output = createOutput({ json, out: process.stdout, err: process.stderr });
      // Judging comes with its tables: loaded only by who uses it.
      const { evaluateChanges } = await import('./evaluate-changes.ts');
      const { readLabels } = await import('./labelled-changes.ts');
      const evaluation = await evaluateChanges(options.repo, await readLabels(options.labels));
      output.result(evaluation, () => formatEvaluation(evaluation));
    });
}
