import { Argument, type Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { formatInstant, nowOption } from '../instant-argument.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import type { AccountRow } from '../workplace.ts';

const roles = ['reader', 'curator', 'moderator', 'administrator'] as const;

export function registerUser(program: Command, run: RunCommand): void {
  const user = program.command('user').description('accounts');
  user
    .command('list')
    .description('all accounts')
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const accounts = await work.accounts.list();
        output.result(accounts, () => (accounts.length === 0 ? 'No account yet.' : formatAccounts(accounts)));
      }),
    );
  user
    .command('show')
    .argument('<address>')
    .description('one account')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const account = await work.accounts.find(address);
        if (!account)
          throw new CommandError(`There is no account for ${address}. "kbalertz user list" shows all.`);
        output.result(account, () => formatAccounts([account]));
      }),
    );
  user
    .command('role')
    .argument('<address>')
    .addArgument(new Argument('<role>', 'what the account may do').choices(roles))
    .description('change what an account may do')
    .action((address: string, role: AccountRow['role'], _options, command: Command) =>
      run(command, async (work, output) => {
        await work.accounts.setRole(address, role);
        output.result({ address, role }, () => `${address} is ${role} now.`);
      }),
    );
  user
    .command('sign-in-link')
    .argument('<address>')
    .description('print a link that signs the account in once')
    .addOption(nowOption())
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const link = await work.accounts.createSignInLink(address);
        output.result({ address, link }, () => link);
      }),
    );
  user
    .command('sign-out')
    .argument('<address>')
    .description('sign an account out everywhere and revoke its API tokens')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const ended = await work.accounts.signOut(address);
        output.result(
          { address, ...ended },
          () =>
            `${address} is signed out: sessions ended: ${ended.sessions}, API tokens revoked: ${ended.apiTokens}.`,
        );
      }),
    );
  user
    .command('forget-passkeys')
    .argument('<address>')
    .description('remove the passkeys of somebody who lost them')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const removed = await work.accounts.forgetPasskeys(address);
        output.result({ address, removed }, () =>
          removed === 0
            ? `${address} has no passkey. Nothing was changed.`
            : `${removed === 1 ? 'The passkey' : `The ${removed} passkeys`} of ${address} ${removed === 1 ? 'is' : 'are'} removed. A mailed link signs in, and a new one can be added.`,
        );
      }),
    );
  user
    .command('export')
    .argument('<address>')
    .description('everything known of an account, as JSON')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const everything = await work.accounts.exportEverything(address);
        output.result(everything, () => JSON.stringify(everything, null, 2));
      }),
    );
  user
    .command('remove')
    .argument('<address>')
    .description('delete an account and everything known of it')
    .requiredOption('--yes', 'it cannot be undone')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        await work.accounts.remove(address);
        output.result({ address }, () => `${address} and everything known of it are gone.`);
      }),
    );
}

function formatAccounts(accounts: readonly AccountRow[]): string {
  return formatTable(
    ['ADDRESS', 'ROLE', 'STATE', 'DIGEST', 'FOLLOWS', 'SINCE'],
    accounts.map((account) => [
      account.address,
      account.role,
      account.isConfirmed ? (account.isPaused ? 'paused' : 'active') : 'not confirmed',
      `${String(account.digestHour).padStart(2, '0')}:00 ${account.timeZone}`,
      account.subscriptions,
      formatInstant(account.createdAt),
    ]),
  );
}
