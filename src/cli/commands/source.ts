import { type Command, InvalidArgumentError } from 'commander';
import { asId, type ScanId } from '../../knowledge/ids.ts';
import { formatInstant, nowOption, parseAsOf } from '../instant-argument.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import { describeScan, scanSource } from './scan.ts';
import { registerSourceAdd } from './source-add.ts';
import { registerSourceCatalogue } from './source-catalogue.ts';
import { registerSourceTest } from './source-test.ts';

export function registerSource(program: Command, run: RunCommand): void {
  const source = program.command('source').description('the knowledge bases that are watched');
  registerSourceAdd(source, run);
  registerSourceTest(source, run);
  registerSourceCatalogue(source, run);
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

function parseScanId(text: string): ScanId {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError('A scan is named by its number; "kbalertz source list" shows held ones.');
  return asId<ScanId>(Number(text));
}
