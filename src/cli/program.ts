import { Command, Option } from 'commander';
import { registerArticle } from './commands/article.ts';
import { registerAudit } from './commands/audit.ts';
import { registerChanges } from './commands/changes.ts';
import { registerChannel } from './commands/channel.ts';
import { registerDigest } from './commands/digest.ts';
import { type DkimDesk, registerDkim } from './commands/dkim.ts';
import { registerFeedback } from './commands/feedback.ts';
import { type Maintenance, registerMaintenance } from './commands/maintenance.ts';
import { type RemedyDesk, registerRemedy } from './commands/remedy.ts';
import { registerScan } from './commands/scan.ts';
import { registerSearch } from './commands/search.ts';
import { registerServe, type Servers } from './commands/serve.ts';
import { registerSource } from './commands/source.ts';
import { registerSubscribe } from './commands/subscribe.ts';
import { registerToken } from './commands/token.ts';
import { registerUser } from './commands/user.ts';
import { createOutput } from './output.ts';
import type { RunCommand } from './run-command.ts';
import type { OpenWorkplace, WorkplaceOptions } from './workplace.ts';

export type ProgramParts = {
  readonly version: string;
  readonly openWorkplace: OpenWorkplace;
  readonly servers: Servers;
  readonly maintenance: Maintenance;
  readonly remedies: RemedyDesk;
  readonly dkim: DkimDesk;
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; isTTY?: boolean };
  /** Adds the evaluations, which need parts of several edges. */
  readonly registerEvaluations: (program: Command) => void;
};

/** The command line as a whole; `parseAsync` runs it. Throws CommandError and commander's own errors. */
export function createProgram(parts: ProgramParts): Command {
  const program = new Command('kbalertz')
    .description('Scans knowledge bases every night and tells each person once a day what matters.')
    .version(parts.version)
    .addOption(new Option('--data <dir>', 'folder of the data, with SQLite').env('KBALERTZ_DATA'))
    .addOption(new Option('--database <url>', 'PostgreSQL instead of SQLite').env('KBALERTZ_DATABASE'))
    .option('--json', 'print one JSON document for machines')
    .showHelpAfterError('(kbalertz --help shows all commands)')
    .configureOutput({ writeOut: (text) => parts.out.write(text), writeErr: (text) => parts.err.write(text) })
    .enablePositionalOptions(false)
    .exitOverride();

  const run: RunCommand = async (command, action) => {
    const options = command.optsWithGlobals<WorkplaceOptions & { json?: boolean }>();
    const work = await parts.openWorkplace(options);
    try {
      await action(work, createOutput({ json: options.json ?? false, out: parts.out, err: parts.err }));
    } finally {
      await work.close();
    }
  };

  registerServe(program, parts.servers);
  registerScan(program, run);
  registerSource(program, run);
  registerArticle(program, run);
  registerChanges(program, run);
  registerSearch(program, run);
  registerSubscribe(program, run);
  registerDigest(program, run);
  registerChannel(program, run);
  registerFeedback(program, run);
  registerUser(program, run);
  registerAudit(program, run);
  registerToken(program, run);
  registerMaintenance(program, run, parts.maintenance);
  registerRemedy(program, parts.remedies);
  registerDkim(program, parts.dkim);
  parts.registerEvaluations(program);
  for (const command of allCommands(program)) {
    command.configureOutput(program.configureOutput()).exitOverride();
  }
  return program;
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
