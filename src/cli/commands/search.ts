import type { Command } from 'commander';
import type { Instant } from '../../knowledge/ids.ts';
import { queryHelp } from '../../search/query-help.ts';
import { CommandError } from '../command-error.ts';
import { parseCount } from '../count-argument.ts';
import { parseAsOf } from '../instant-argument.ts';
import type { RunCommand } from '../run-command.ts';
import type { SearchAnswer, SearchResult } from '../workplace.ts';

export function registerSearch(program: Command, run: RunCommand): void {
  program
    .command('search')
    .argument('<query...>', 'words, "phrases", -without, title:, product:, kb:, code: …')
    .description('find articles from an error code, a message, a number or words')
    .option('--limit <number>', 'how many at most', parseCount, 10)
    .option('--as-of <date>', 'among the articles as they stood then', parseAsOf)
    // A word with a minus is no option but what is not wanted.
    .allowUnknownOption()
    .addHelpText('after', describeLanguage())
    .action((query: string[], options: { limit: number; asOf?: Instant }, command: Command) =>
      run(command, async (work, output) => {
        const mistaken = query.find((word) => word.startsWith('--'));
        if (mistaken !== undefined)
          throw new CommandError(`There is no option ${mistaken}; kbalertz search --help shows all.`, 2);
        const answer = await work.search(query.join(' '), {
          limit: options.limit,
          asOf: options.asOf ?? null,
        });
        for (const part of answer.notUnderstood)
          output.note(`Read as words, since it was not understood: ${part}`);
        if (answer.didYouMean !== null) output.note(`Did you mean: ${answer.didYouMean}`);
        output.result(answer, () => describe(answer));
      }),
    );
}

function describeLanguage(): string {
  const width = Math.max(...queryHelp.map(({ syntax }) => syntax.length)) + 2;
  const entries = queryHelp.map(({ syntax, meaning, example }) => {
    const shown = `${' '.repeat(width + 2)}kbalertz search '${example}'`;
    return `  ${syntax.padEnd(width)}${meaning}\n${shown}`;
  });
  return `\nWhat can be asked:\n${entries.join('\n')}`;
}

function describe({ hits, near, total }: SearchAnswer): string {
  const parts: string[] = [];
  if (hits.length > 0) parts.push(listResults(hits));
  if (total > hits.length) parts.push(`… and ${total - hits.length} more; --limit shows more.`);
  if (hits.length === 0) parts.push('No article has all of that. Try fewer words, or only the error code.');
  if (near.length > 0) parts.push('Near, but not everything:', listResults(near));
  return parts.join('\n');
}

function listResults(results: readonly SearchResult[]): string {
  return results
    .map((result, index) =>
      [
        `${String(index + 1).padStart(3)}. ${result.title}`,
        `     ${[`article ${result.articleId}`, ...result.externalIds].join(', ')}`,
        `     ${result.snippet}`,
      ].join('\n'),
    )
    .join('\n');
}
