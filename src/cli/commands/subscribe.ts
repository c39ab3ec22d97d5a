import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { nowOption } from '../instant-argument.ts';
import type { RunCommand } from '../run-command.ts';

export function registerSubscribe(program: Command, run: RunCommand): void {
  program
    .command('subscribe')
    .argument('<address>')
    .description('let an address follow a technology; a new one is asked to confirm by mail')
    .requiredOption('--technology <name>', 'its name or one of its former names')
    .option('--vouched', 'the address is known to belong to whoever asked: no confirmation mail')
    .addOption(nowOption())
    .action((address: string, options: { technology: string; vouched?: boolean }, command: Command) =>
      run(command, async (work, output) => {
        const [technology] = await work.findTechnologies(options.technology);
        if (!technology) throw new CommandError(`No technology is known as "${options.technology}".`);
        const outcome = await work.accounts.subscribe({
          address,
          technologyId: technology.id,
          isVouchedFor: options.vouched ?? false,
        });
        output.result({ address, technology, ...outcome }, () =>
          [
            `${address} follows ${technology.name}.`,
            ...(outcome.isConfirmed
              ? []
              : ['It gets nothing before the confirmation link, which was mailed, is used.']),
          ].join('\n'),
        );
      }),
    );
}
