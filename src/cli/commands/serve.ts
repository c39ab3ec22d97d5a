import { type Command, InvalidArgumentError } from 'commander';
import type { WorkplaceOptions } from '../workplace.ts';

export type ServeOptions = WorkplaceOptions & {
  readonly host?: string;
  readonly port?: number;
  /** Scan, plan and send in this process too. */
  readonly worker: boolean;
  /** Add the knowledge base that ships with the program when there is no source yet. */
  readonly starter?: boolean;
};

/** The long-running processes; each resolves when it was asked to stop and has finished its work. */
export type Servers = {
  serve(options: ServeOptions): Promise<void>;
  work(options: WorkplaceOptions): Promise<void>;
  speakMcp(options: WorkplaceOptions): Promise<void>;
};

export function registerServe(program: Command, servers: Servers): void {
  program
    .command('serve')
    .description('serve the site, and scan, plan and send in the background')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <number>', 'port to listen on (default 8080)', parsePort)
    .option('--no-worker', 'serve pages only; run "kbalertz worker" elsewhere')
    .option(
      '--starter',
      'begin with the knowledge base that ships with the program, if there is no source yet',
    )
    .action((_options, command: Command) => servers.serve(command.optsWithGlobals<ServeOptions>()));
  program
    .command('worker')
    .description('scan, plan and send without serving pages; any number of them on PostgreSQL')
    .action((_options, command: Command) => servers.work(command.optsWithGlobals<WorkplaceOptions>()));
  program
    .command('mcp')
    .description('speak the Model Context Protocol on standard input and output, for assistants')
    .action((_options, command: Command) => servers.speakMcp(command.optsWithGlobals<WorkplaceOptions>()));
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
