import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { createOutput } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import type { Verified, WorkplaceOptions } from '../workplace.ts';

/** What is done to the data as a whole, while nothing else has it open. */
export type Maintenance = {
  /** Names of the steps that were run. */
  migrate(options: WorkplaceOptions): Promise<string[]>;
  /** Puts a backup in the place of the data, which is kept beside it; returns where. */
  restore(file: string, options: WorkplaceOptions): Promise<{ keptAs: string | null }>;
};

export function registerMaintenance(program: Command, run: RunCommand, maintenance: Maintenance): void {
  program
    .command('doctor')
    .argument('[what]', '"mail": what receivers check of our mail (SPF, DKIM, DMARC, reverse DNS)')
    .description('examine the installation and say what to do')
    .action((what: string | undefined, _options, command: Command) =>
      run(command, async (work, output) => {
        if (what !== undefined && what !== 'mail')
          throw new CommandError(`There is no examination of "${what}". Leave it out, or say "mail".`, 2);
        const findings = what === 'mail' ? await work.examineMail() : await work.examine();
        const words = { good: 'good', warning: 'look', problem: 'BAD ' } as const;
        output.result(findings, () =>
          findings.map((finding) => `${words[finding.level]}  ${finding.sentence}`).join('\n'),
        );
        const problems = findings.filter((finding) => finding.level === 'problem').length;
        if (problems > 0)
          throw new CommandError(
            `${problems} ${problems === 1 ? 'problem needs' : 'problems need'} attention.`,
          );
      }),
    );
  program
    .command('verify')
    .description('recompute hashes and everything derived, and compare with what is kept; changes nothing')
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const verified = await work.verify(output.progress);
        output.result(verified, () => verified.map(describeVerified).join('\n'));
        const wrong = verified.reduce((sum, each) => sum + each.wrong, 0);
        if (wrong > 0) {
          throw new CommandError(
            `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} not as they were kept. Nothing was changed; if a revision or a digest is damaged, restore the last good backup. A search index that differs is built anew when search.snapshot is deleted, and readings of pages when the table page_readings is emptied.`,
          );
        }
      }),
    );
  program
    .command('backup')
    .argument('<file>', 'a file that does not exist yet')
    .description('copy the whole database while it is in use (SQLite)')
    .action((file: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const { bytes } = await work.backUp(file);
        output.result({ file, bytes }, () => `${file} holds everything (${Math.ceil(bytes / 1024)} KB).`);
      }),
    );
  program
    .command('restore')
    .argument('<file>', 'a file made by "kbalertz backup"')
    .description('put a backup in the place of the data; stop the server first (SQLite)')
    .action(async (file: string, _options, command: Command) => {
      const { options, output } = readGlobals(program, command);
      const { keptAs } = await maintenance.restore(file, options);
      output.result({ file, keptAs }, () =>
        keptAs === null
          ? `${file} is restored.`
          : `${file} is restored. What was there before is kept as ${keptAs}`,
      );
    });
  program
    .command('migrate')
    .description('bring the database up to the version of the program')
    .action(async (_options, command: Command) => {
      const { options, output } = readGlobals(program, command);
      const steps = await maintenance.migrate(options);
      output.result(steps, () =>
        steps.length === 0 ? 'The database is up to date.' : `Done: ${steps.join(', ')}`,
      );
    });
}

function describeVerified({ subject, checked, wrong, faults }: Verified): string {
  const head = `${wrong === 0 ? 'good' : 'BAD '}  ${subject}: ${checked} checked${wrong === 0 ? '' : `, ${wrong} wrong`}`;
  const more = wrong > faults.length ? [`      … and ${wrong - faults.length} more`] : [];
  return [head, ...faults.map((fault) => `      ${fault}`), ...more].join('\n');
}

function readGlobals(program: Command, command: Command) {
  const options = command.optsWithGlobals<WorkplaceOptions & { json?: boolean }>();
  const { writeOut = () => {}, writeErr = () => {} } = program.configureOutput();
  return {
    options,
    output: createOutput({ json: options.json ?? false, out: { write: writeOut }, err: { write: writeErr } }),
  };
}
