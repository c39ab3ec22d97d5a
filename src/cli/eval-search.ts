import type { Command } from 'commander';
import type { SearchEvaluation, SearchScores } from './evaluate-search.ts';
import { createOutput, formatTable } from './output.ts';

function formatEvaluation({ articles, all, kinds }: SearchEvaluation): string {
  const row = (name: string, { queries, mrrAt10, recallAt1, recallAt10 }: SearchScores) => [
    name,
    queries,
    ...[mrrAt10, recallAt1, recallAt10].map((share) => share.toFixed(3)),
  ];
  const rows = [...Object.entries(kinds).map(([kind, scores]) => row(kind, scores)), row('all', all)];
  return [
    `${articles} articles`,
    '',
    formatTable(['kind', 'queries', 'MRR@10', 'recall@1', 'recall@10'], rows),
  ].join('\n');
}

/** Adds `eval search` to the command line; `eval` is shared with other evaluations. */
export function registerEvalSearch(program: Command): void {
  const parent =
    program.commands.find((command) => command.name() === 'eval') ??
    program.command('eval').description('measures how good the program is on labelled data');
  parent
    .command('search')
    .description('runs queries over a folder of Markdown articles and judges the answers')
    .requiredOption('--articles <dir>', 'folder of Markdown articles, taken as one snapshot')
    .requiredOption('--queries <file>', 'JSON list of { query, kind, relevant: [path] }')
    .option('--json', 'print one JSON document for machines')
    .action(async (options: { articles: string; queries: string }, command: Command) => {
      // The search comes with its tables: loaded only by who uses it.
      const { runSearchEvaluation } = await import('./evaluate-search.ts');
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const output = createOutput({ json, out: process.stdout, err: process.stderr });
      const evaluation = runSearchEvaluation({
        articlesFolder: options.articles,
        queriesFile: options.queries,
      });
      output.result(evaluation, () => formatEvaluation(evaluation));
    });
}
