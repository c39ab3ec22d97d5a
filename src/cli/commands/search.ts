import type { Command } from 'commander';
import type { Instant } from '../../knowledge/ids.ts';
import { parseCount } from '../count-argument.ts';
import { parseAsOf } from '../instant-argument.ts';
import type { RunCommand } from '../run-command.ts';

export function registerSearch(program: Command, run: RunCommand): void {
  program
    .command('search')
    .argument('<query...>', 'words, "phrases", -without, title:, product:, kb:, code: …')
    .description('find articles from an error code, a message, a number or words')
    .option('--limit <number>', 'how many at most', parseCount, 10)
    .option('--as-of <date>', 'among the articles as they stood then', parseAsOf)
    .action((query: string[], options: { limit: number; asOf?: Instant }, command: Command) =>
      run(command, async (work, output) => {
        const answer = await work.search(query.join(' '), {
          limit: options.limit,
          asOf: options.asOf ?? null,
        });
        for (const part of answer.notUnderstood)
          output.note(`Read as words, since it was not understood: ${part}`);
        if (answer.didYouMean !== null) output.note(`Did you mean: ${answer.didYouMean}`);
        output.result(answer, () =>
          answer.hits.length === 0
            ? 'Nothing was found. Try fewer words, or only the error code.'
            : answer.hits
                .map((hit, index) =>
                  [
                    `${String(index + 1).padStart(3)}. ${hit.title}`,
                    `     ${[`article ${hit.articleId}`, ...hit.externalIds].join(', ')}`,
                    `     ${hit.snippet}`,
                  ].join('\n'),
                )
                .join('\n'),
        );
      }),
    );
}
