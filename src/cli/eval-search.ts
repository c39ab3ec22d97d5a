import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { CommandError } from './command-error.ts';
import { createOutput, formatTable } from './output.ts';

const querySchema = z.object({
  query: z.string(),
  kind: z.string().default('all'),
  /** Paths of the articles that the query should find. */
  relevant: z.array(z.string()).min(1),
});
type LabelledQuery = z.output<typeof querySchema>;

/** Loads a folder of articles as one snapshot; gives the paths that a query finds, best first. */
export type OpenFolderSearch = (folder: string) => Promise<{
  readonly articles: number;
  findPaths(query: string, limit: number): readonly string[];
}>;

export type SearchScores = {
  readonly queries: number;
  /** Mean of 1/rank of the first relevant article among the first ten, 0 where none is (Voorhees 1999). */
  readonly mrrAt10: number;
  /** Share of queries whose first result is relevant. */
  readonly recallAt1: number;
  /** Share of queries with a relevant article among the first ten. */
  readonly recallAt10: number;
};

/** Runs labelled queries and scores them, per kind and in all (`all`). */
export function scoreQueries(
  queries: readonly LabelledQuery[],
  findPaths: (query: string, limit: number) => readonly string[],
): Readonly<Record<string, SearchScores>> {
  const ranked = queries.map(({ query, kind, relevant }) => ({
    kind,
    rank: findPaths(query, 10).findIndex((path) => relevant.includes(path)) + 1,
  }));
  const kinds = [...new Set(ranked.map(({ kind }) => kind))].sort();
  const score = (some: readonly { rank: number }[]): SearchScores => {
    const mean = (value: (rank: number) => number) =>
      some.length === 0 ? 0 : some.reduce((sum, { rank }) => sum + value(rank), 0) / some.length;
    return {
      queries: some.length,
      mrrAt10: mean((rank) => (rank === 0 ? 0 : 1 / rank)),
      recallAt1: mean((rank) => Number(rank === 1)),
      recallAt10: mean((rank) => Number(rank > 0)),
    };
  };
  return Object.fromEntries([
    ...kinds.map((kind) => [kind, score(ranked.filter((each) => each.kind === kind))]),
    ['in all', score(ranked)],
  ]);
}

export function registerEvalSearch(
  program: Command,
  parts: { readonly openFolderSearch: OpenFolderSearch },
): void {
  const parent =
    program.commands.find((command) => command.name() === 'eval') ??
    program.command('eval').description('measures how good the program is on labelled data');
  parent
    .command('search')
    .description('runs labelled queries over a folder of Markdown articles')
    .requiredOption('--articles <dir>', 'folder of the articles, taken as one snapshot')
    .requiredOption('--queries <file>', 'JSON list of { query, kind, relevant: [path] }')
    .option('--json', 'print one JSON document for machines')
    .action(async (options: { articles: string; queries: string }, command: Command) => {
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const output = createOutput({ json, out: process.stdout, err: process.stderr });
      const queries = await readQueries(options.queries);
      const { articles, findPaths } = await parts.openFolderSearch(options.articles);
      const scores = scoreQueries(queries, findPaths);
      output.result({ articles, scores }, () =>
        [
          `${articles} articles, ${queries.length} queries`,
          '',
          formatTable(
            ['KIND', 'QUERIES', 'MRR@10', 'RECALL@1', 'RECALL@10'],
            Object.entries(scores).map(([kind, each]) => [
              kind,
              each.queries,
              each.mrrAt10.toFixed(3),
              each.recallAt1.toFixed(3),
              each.recallAt10.toFixed(3),
            ]),
          ),
        ].join('\n'),
      );
    });
}

async function readQueries(file: string): Promise<LabelledQuery[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new CommandError(
      `${file} can't be read as JSON: ${cause instanceof Error ? cause.message : cause}`,
      2,
      { cause },
    );
  }
  const parsed = z.array(querySchema).safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandError(`${file} is no list of queries: ${issue?.path.join('.')}: ${issue?.message}`, 2);
}
