import type { Command } from 'commander';
import { Option } from 'commander';
import { type Significance, significances } from '../../knowledge/change.ts';
import type { Instant } from '../../knowledge/ids.ts';
import { CommandError } from '../command-error.ts';
import { parseCount } from '../count-argument.ts';
import { formatInstant, parseInstant } from '../instant-argument.ts';
import type { RunCommand } from '../run-command.ts';

type ChangesOptions = {
  since?: Instant;
  source?: string;
  technology?: string;
  least: Significance;
  limit: number;
};

export function registerChanges(program: Command, run: RunCommand): void {
  program
    .command('changes')
    .description('what changed, newest first')
    .option('--since <date>', 'only from then on', parseInstant)
    .option('--source <name>', 'only of this source')
    .option('--technology <name>', 'only of this technology and those below it')
    .addOption(
      new Option('--least <significance>', 'the least that is shown')
        .choices([...significances])
        .default('minor'),
    )
    .option('--limit <number>', 'how many at most', parseCount, 50)
    .action((options: ChangesOptions, command: Command) =>
      run(command, async (work, output) => {
        const source = options.source === undefined ? null : await work.archive.findSource(options.source);
        if (options.source !== undefined && !source) {
          throw new CommandError(`There is no source "${options.source}". "kbalertz source list" shows all.`);
        }
        const [technology] =
          options.technology === undefined ? [] : await work.findTechnologies(options.technology);
        if (options.technology !== undefined && !technology) {
          throw new CommandError(`No technology is known as "${options.technology}".`);
        }
        const changes = await work.archive.listChanges({
          limit: options.limit,
          leastSignificance: options.least,
          ...(options.since !== undefined && { occurredFrom: options.since }),
          ...(source && { sourceId: source.id }),
          ...(technology && { technologyId: technology.id }),
        });
        output.result(changes, () =>
          changes.length === 0
            ? 'No change of that kind. "--least invisible" shows every one.'
            : changes
                .map((change) =>
                  [
                    `${formatInstant(change.occurredAt)}  ${change.kind.padEnd(8)} ${change.article.title}`,
                    `    article ${change.articleId}, ${change.significance}: ${change.reasons.map((reason) => reason.sentence).join(' ')}`,
                  ].join('\n'),
                )
                .join('\n'),
        );
      }),
    );
}
