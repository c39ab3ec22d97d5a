import type { Command } from 'commander';
import { nowOption } from '../instant-argument.ts';
import type { RunCommand } from '../run-command.ts';

export function registerDigest(program: Command, run: RunCommand): void {
  const digest = program.command('digest').description('the ledger of what each account was told');
  digest
    .command('plan')
    .description('write the digests that are due into the ledger; may be repeated')
    .addOption(nowOption())
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const planned = await work.digests.plan((accounts) =>
          output.progress('Planning, accounts', accounts, null),
        );
        output.result(
          planned,
          () => `${planned.digests} digests planned for ${planned.accounts} accounts that were due.`,
        );
      }),
    );
  digest
    .command('send')
    .description('attempt every delivery that is due, once')
    .addOption(nowOption())
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const sent = await work.digests.send();
        output.result(
          sent,
          () => `${sent.accepted} accepted, ${sent.deferred} deferred, ${sent.failed} failed.`,
        );
      }),
    );
}
