import { type Command, Option } from 'commander';
import type { AuditRecord } from '../../accounts/audit.ts';
import { CommandError } from '../command-error.ts';
import { parseCount } from '../count-argument.ts';
import { formatInstant } from '../instant-argument.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';

type Options = { limit: number; action?: string; verify?: boolean };

export function registerAudit(program: Command, run: RunCommand): void {
  program
    .command('audit')
    .description('what was done with rights: roles, sources, sign-in methods, accounts, tokens')
    .addOption(
      new Option('--limit <number>', 'how many entries, newest first').default(50).argParser(parseCount),
    )
    .option('--action <name>', 'only this action, such as role.changed, or all of a noun, such as source')
    .option('--verify', 'recompute the chain of hashes instead')
    .action((options: Options, command: Command) =>
      run(command, async (work, output) => {
        if (options.verify) {
          const verdict = await work.audit.verifyAudit();
          if (verdict.kind === 'broken') {
            throw new CommandError(
              `The audit trail was tampered with. ${verdict.sentence} Nothing was changed. Compare it with a backup.`,
            );
          }
          output.result(verdict, () => `The audit trail is whole: ${verdict.entries} entries, each follows.`);
          return;
        }
        const { limit, action } = options;
        const records = await work.audit.listAudit({ limit, ...(action !== undefined && { action }) });
        output.result(
          records.map(({ addresses: _addresses, ...record }) => record),
          () => (records.length === 0 ? 'Nothing was recorded yet.' : formatRecords(records)),
        );
      }),
    );
}

function formatRecords(records: readonly AuditRecord[]): string {
  return formatTable(
    ['NO', 'WHEN', 'WHO', 'WHAT', 'TO', 'DETAIL'],
    records.map((record) => [
      record.id,
      formatInstant(record.at),
      record.actor.kind === 'account'
        ? (record.addresses.get(record.actor.id) ?? `account ${record.actor.id}`)
        : record.actor.kind,
      record.action,
      nameSubject(record),
      Object.entries(record.detail)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ]),
  );
}

function nameSubject({ subject, addresses }: AuditRecord): string {
  const number = /^account:(\d+)$/.exec(subject)?.[1];
  return (number !== undefined && addresses.get(Number(number))) || subject;
}
