import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { createOutput } from '../output.ts';

/** Keys that sign mail; nothing of it needs the data open. */
export type DkimDesk = {
  /** Makes the keys of a domain, or finds those that are there; with every DNS record that mail of it needs. */
  setUp(request: { readonly domain: string; readonly selector: string; readonly data?: string }): Promise<{
    readonly folder: string;
    readonly keys: readonly { readonly file: string; readonly selector: string; readonly isNew: boolean }[];
    /** As lines of a zone file: of the keys, then what else receivers look for. */
    readonly keyRecords: readonly string[];
    readonly otherRecords: readonly string[];
  }>;
};

export function registerDkim(program: Command, desk: DkimDesk): void {
  const dkim = program.command('dkim').description('keys that sign the mail');
  dkim
    .command('setup')
    .argument('<domain>', 'what follows the @ of KBALERTZ_MAIL_FROM, such as kb.example.org')
    .option('--selector <name>', 'begins the names of the keys; another one makes other keys', 'kbalertz')
    .description('make an RSA and an Ed25519 key in the data folder and print the DNS records')
    .action(async (domain: string, { selector }: { selector: string }, command: Command) => {
      const name = domain.toLowerCase().replace(/\.$/, '');
      if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name))
        throw new CommandError(`"${domain}" is no domain such as kb.example.org. Nothing was made.`, 2);
      if (!/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/i.test(selector))
        throw new CommandError(`"${selector}" can't be a selector: use letters, digits and hyphens.`, 2);
      const { data, json = false } = command.optsWithGlobals<{ data?: string; json?: boolean }>();
      const made = await desk.setUp({ domain: name, selector, ...(data !== undefined && { data }) });
      const { writeOut = () => {}, writeErr = () => {} } = program.configureOutput();
      const output = createOutput({ json, out: { write: writeOut }, err: { write: writeErr } });
      output.result(made, () =>
        [
          made.keys.some((key) => key.isNew)
            ? `The keys of ${name} are made and lie in ${made.folder}, readable by their owner only:`
            : `The keys of ${name} were made before and lie in ${made.folder}:`,
          ...made.keys.map((key) => `  ${key.selector}`),
          '',
          'Publish these records first:',
          '',
          ...made.keyRecords,
          '',
          'And these, where you have none of their kind:',
          '',
          ...made.otherRecords,
          '',
          'Then restart kbalertz, which signs from its next start, and check with: kbalertz doctor mail',
        ].join('\n'),
      );
    });
}
