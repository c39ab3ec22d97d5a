import { type Command, InvalidArgumentError, Option } from 'commander';
import { asId, type ScanId } from '../../knowledge/ids.ts';
import { type SourceKind, sourceKinds } from '../../knowledge/source.ts';
import { formatInstant, nowOption, parseAsOf } from '../instant-argument.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import type { SourceDraft } from '../workplace.ts';
import { describeScan, scanSource } from './scan.ts';

type AddOptions = {
  kind: SourceKind;
  url: string;
  title?: string;
  branch?: string;
  include?: string[];
  exclude?: string[];
  set?: Record<string, string>;
  schedule?: string;
  licence?: string;
  attribution?: string;
};

export function registerSource(program: Command, run: RunCommand): void {
  const source = program.command('source').description('the knowledge bases that are watched');
  registerAdd(source, run);
  source
    .command('list')
    .description('all sources with their last scan')
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const sources = await work.archive.listSources();
        const rows = await Promise.all(
          sources.map(async (entry) => {
            const [last] = await work.archive.listScans({ sourceId: entry.id, limit: 1 });
            return { ...entry, lastScan: last ?? null };
          }),
        );
        output.result(rows, () =>
          rows.length === 0
            ? 'No source yet. Add one with: kbalertz source add NAME --kind git --url URL'
            : formatTable(
                ['NAME', 'KIND', 'STATE', 'LAST SCAN', 'OUTCOME', 'URL'],
                rows.map((row) => [
                  row.name,
                  row.kind,
                  row.state,
                  formatInstant(row.lastScan?.startedAt ?? null),
                  row.lastScan?.state ?? '',
                  row.url,
                ]),
              ),
        );
      }),
    );
  source
    .command('import-history')
    .argument('<name>')
    .description('take the whole history of a source that has one, each commit a snapshot; alerts nobody')
    .option('--as-of <date>', 'only up to then', parseAsOf)
    .addOption(nowOption())
    .action((name: string, options, command: Command) =>
      run(command, async (work, output) => {
        const scan = await scanSource(work, { name, asOf: options.asOf ?? null, depth: 'history' }, output);
        output.result(scan, () => describeScan(name, scan));
      }),
    );
  source
    .command('accept')
    .argument('<scan>', 'number of the held scan', parseScanId)
    .description('apply what a held scan saw after all')
    .action((scanId: ScanId, _options, command: Command) =>
      run(command, async (work, output) => {
        const scan = await work.sources.accept(scanId);
        output.result(scan, () => describeScan(`scan ${scanId}`, scan));
      }),
    );
  for (const [verb, state] of [
    ['pause', 'paused'],
    ['resume', 'active'],
  ] as const) {
    source
      .command(verb)
      .argument('<name>')
      .description(`${verb} the nightly scans of a source`)
      .action((name: string, _options, command: Command) =>
        run(command, async (work, output) => {
          await work.sources.setState(name, state);
          output.result({ name, state }, () => `${name} is ${state}.`);
        }),
      );
  }
  source
    .command('remove')
    .argument('<name>')
    .description('forget a source with all its articles, revisions and changes')
    .requiredOption('--yes', 'it cannot be undone')
    .action((name: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const removed = await work.sources.remove(name);
        output.result({ name, ...removed }, () => `${name} and its ${removed.articles} articles are gone.`);
      }),
    );
}

function registerAdd(source: Command, run: RunCommand): void {
  source
    .command('add')
    .argument('<name>', 'short and unique: small letters, digits and hyphens')
    .description('watch a knowledge base')
    .addOption(
      new Option('--kind <kind>', 'how it is published').choices([...sourceKinds]).makeOptionMandatory(),
    )
    .requiredOption(
      '--url <url>',
      'where it is; for git also a local path or bundle, where the operator allows it',
    )
    .option('--title <title>', 'its name for readers')
    .option('--branch <branch>', 'git: the branch (default: the one that the repository calls its own)')
    .option('--include <folder...>', 'git, folder: take only these folders')
    .option('--exclude <folder...>', 'git, folder: leave these folders out')
    .option('--set <key=value>', 'another setting of its kind; may be repeated', collectSetting)
    .option('--schedule <cron>', 'when to scan, in UTC (default: once a night at a minute of its own)')
    .option('--licence <licence>', 'licence of its articles')
    .option('--attribution <line>', 'attribution line that its licence asks for')
    .action((name: string, options: AddOptions, command: Command) =>
      run(command, async (work, output) => {
        const added = await work.sources.add(toDraft(name, options));
        output.result(
          added,
          () =>
            `${added.name} will be scanned at "${added.schedule}" (UTC). Now: kbalertz scan ${added.name}`,
        );
      }),
    );
}

function toDraft(name: string, options: AddOptions): SourceDraft {
  const { kind, url, branch, include, exclude, set, ...rest } = options;
  return {
    name,
    kind,
    url,
    ...(rest.title !== undefined && { title: rest.title }),
    ...(rest.schedule !== undefined && { schedule: rest.schedule }),
    ...(rest.licence !== undefined && { licence: rest.licence }),
    ...(rest.attribution !== undefined && { attribution: rest.attribution }),
    settings: {
      ...set,
      ...(branch !== undefined && { branch }),
      ...(include && { include }),
      ...(exclude && { exclude }),
    },
  };
}

function collectSetting(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const [key = '', ...value] = text.split('=');
  if (key === '' || value.length === 0) throw new InvalidArgumentError('Write a setting as key=value.');
  return { ...before, [key]: value.join('=') };
}

function parseScanId(text: string): ScanId {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError('A scan is named by its number; "kbalertz source list" shows held ones.');
  return asId<ScanId>(Number(text));
}
