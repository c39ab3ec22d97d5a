import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type FeedbackState, feedbackStates } from '../../community/feedback.ts';
import { CommandError } from '../command-error.ts';
import { parseCount } from '../count-argument.ts';
import { formatInstant } from '../instant-argument.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';

const shownProblems = 20;

export function registerFeedback(program: Command, run: RunCommand): void {
  const feedback = program.command('feedback').description('what readers tell below articles');
  feedback
    .command('list')
    .description('the newest feedback')
    .addOption(new Option('--state <state>', 'only what stands so').choices(feedbackStates))
    .option('--limit <count>', 'at most so many', parseCount, 20)
    .action((options: { state?: FeedbackState; limit: number }, command: Command) =>
      run(command, async (work, output) => {
        const [list, queue] = [
          await work.feedback.listNewest({ limit: options.limit, state: options.state ?? null }),
          await work.feedback.countQueue(),
        ];
        output.result(list, () => (list.length === 0 ? 'No feedback.' : formatFeedback(list)));
        if (queue > 0) output.note(`${queue} in the moderators' queue.`);
      }),
    );
  feedback
    .command('import')
    .argument('<file>', 'JSON Lines; see docs/guide/moderators.md')
    .description('take old feedback in, with names, dates and what was reported; again does no harm')
    .action((file: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const report = await work.feedback.importLines((await readText(file)).split('\n'));
        output.result(report, () => `${report.imported} imported, ${report.known} were here before.`);
        for (const { line, problem } of report.problems.slice(0, shownProblems)) {
          output.note(`line ${line}: ${problem}`);
        }
        if (report.problems.length > 0) {
          throw new CommandError(
            `${report.problems.length} lines were left out. Mend them and import the file again: what is here already is passed over.`,
          );
        }
      }),
    );
}

type Listed = Awaited<ReturnType<Parameters<Parameters<RunCommand>[1]>[0]['feedback']['listNewest']>>;

function formatFeedback(list: Listed): string {
  return formatTable(
    ['ID', 'WRITTEN', 'STATE', 'WORKED', 'ARTICLE', 'TEXT'],
    list.map((one) => [
      one.id,
      formatInstant(one.writtenAt),
      one.queuedBecause === null ? one.state : `${one.state}, ${one.queuedBecause}`,
      one.didHarm ? 'harm' : (one.outcome ?? ''),
      one.articleTitle.slice(0, 40),
      one.body.replace(/\s+/g, ' ').slice(0, 60),
    ]),
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} can't be read. Nothing was imported.`, 1, { cause: error });
  }
}
