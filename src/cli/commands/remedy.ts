import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { createOutput } from '../output.ts';

/** What the command line does with remedy documents; nothing of it needs the data open. */
export type RemedyDesk = {
  /** Problems of the document, one sentence each; empty: it is good. */
  lint(file: string): Promise<readonly string[]>;
  /** Writes the scripts of a good document into a folder. */
  compile(
    file: string,
    folder: string,
  ): Promise<readonly { readonly file: string; readonly sha256: string }[]>;
  /** Signs a remedy document (its canonical form) or any other file (its bytes) into `<file>.sig`. */
  sign(
    file: string,
    key: { readonly keyFile?: string; readonly data?: string },
  ): Promise<{ readonly signatureFile: string; readonly publicKey: string }>;
  verify(request: { file: string; signatureFile: string; publicKeyFile: string }): Promise<boolean>;
  schema(): Promise<object>;
};

export function registerRemedy(program: Command, desk: RemedyDesk): void {
  const remedy = program.command('remedy').description('check, compile and sign runnable fixes');
  remedy
    .command('lint')
    .argument('<files...>', 'remedy documents (YAML)')
    .description('say what is wrong with remedy documents')
    .action(async (files: string[], _options, command: Command) => {
      const found = await Promise.all(files.map(async (file) => ({ file, problems: await desk.lint(file) })));
      const bad = found.filter(({ problems }) => problems.length > 0);
      outputOf(program, command).result(found, () =>
        found
          .flatMap(({ file, problems }) =>
            problems.length === 0
              ? [`good  ${file}`]
              : problems.map((problem) => `BAD   ${file}: ${problem}`),
          )
          .join('\n'),
      );
      if (bad.length > 0) throw new CommandError(`${bad.length} of ${files.length} can't be used.`);
    });
  remedy
    .command('compile')
    .argument('<file>', 'a remedy document (YAML)')
    .option('--out <folder>', 'where the scripts go', '.')
    .description('write the scripts of a remedy')
    .action(async (file: string, { out }: { out: string }, command: Command) => {
      const scripts = await desk.compile(file, out);
      outputOf(program, command).result(scripts, () =>
        scripts.map((script) => `${script.sha256}  ${script.file}`).join('\n'),
      );
    });
  remedy
    .command('sign')
    .argument('<file>', 'a remedy document, or a script')
    .option(
      '--key <file>',
      'Ed25519 private key (PEM); made where there is none. Default: that of the data folder',
    )
    .description('sign a file with Ed25519')
    .action(async (file: string, { key }: { key?: string }, command: Command) => {
      const { data } = command.optsWithGlobals<{ data?: string }>();
      const signed = await desk.sign(file, {
        ...(key !== undefined && { keyFile: key }),
        ...(data !== undefined && { data }),
      });
      outputOf(program, command).result(
        signed,
        () => `${signed.signatureFile} is made.\n${signed.publicKey.trim()}`,
      );
    });
  remedy
    .command('verify')
    .argument('<file>', 'the file that was signed')
    .requiredOption('--public-key <file>', 'Ed25519 public key (PEM)')
    .option('--signature <file>', 'default: the file with .sig after its name')
    .description('check a signature')
    .action(async (file: string, options: { publicKey: string; signature?: string }, command: Command) => {
      const isGood = await desk.verify({
        file,
        signatureFile: options.signature ?? `${file}.sig`,
        publicKeyFile: options.publicKey,
      });
      if (!isGood) throw new CommandError(`${file} is not what was signed with this key. Do not run it.`);
      outputOf(program, command).result({ file, isGood }, () => `${file} is what was signed.`);
    });
  remedy
    .command('schema')
    .description('print the JSON Schema of remedy documents')
    .action(async (_options, command: Command) => {
      const schema = await desk.schema();
      outputOf(program, command).result(schema, () => JSON.stringify(schema, null, 2));
    });
}

function outputOf(program: Command, command: Command) {
  const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
  const { writeOut = () => {}, writeErr = () => {} } = program.configureOutput();
  return createOutput({ json, out: { write: writeOut }, err: { write: writeErr } });
}
