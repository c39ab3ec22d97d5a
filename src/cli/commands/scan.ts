import type { Command } from 'commander';
import type { Scan } from '../../knowledge/source.ts';
import { CommandError } from '../command-error.ts';
import { nowOption, parseAsOf } from '../instant-argument.ts';
import type { Output } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import type { Workplace } from '../workplace.ts';

export function registerScan(program: Command, run: RunCommand): void {
  program
    .command('scan')
    .argument('[source]', 'name of the source; without it all that are active')
    .description('visit sources now and record what is new')
    .option('--as-of <date>', 'show the source as it stood then', parseAsOf)
    .addOption(nowOption())
    .action((name: string | undefined, options, command: Command) =>
      run(command, async (work, output) => {
        const names = name === undefined ? await listActiveSources(work) : [name];
        const scans: Scan[] = [];
        for (const source of names) {
          scans.push(
            await scanSource(work, { name: source, asOf: options.asOf ?? null, depth: 'latest' }, output),
          );
        }
        output.result(scans, () =>
          scans.map((scan, index) => describeScan(names[index] ?? '', scan)).join('\n'),
        );
        const troubled = scans.filter((scan) => scan.state === 'failed' || scan.state === 'held');
        if (troubled.length > 0) {
          throw new CommandError(
            `${troubled.length} of ${scans.length} scans did not end well; the others are kept.`,
          );
        }
      }),
    );
}

/** Scans with a progress bar. */
export function scanSource(
  work: Workplace,
  request: Omit<Parameters<Workplace['sources']['scan']>[0], 'onProgress'>,
  output: Output,
): Promise<Scan> {
  return work.sources.scan({
    ...request,
    onProgress: (done, total) => output.progress(`Scanning ${request.name}`, done, total),
  });
}

/** One line a scan, its warnings below. */
export function describeScan(name: string, scan: Scan): string {
  return [
    `${name}: ${describeOutcome(scan)}`,
    ...scan.warnings.map((warning) => `  warning: ${warning}`),
  ].join('\n');
}

function describeOutcome(scan: Scan): string {
  switch (scan.state) {
    case 'unchanged':
      return 'nothing new since the last scan';
    case 'done':
      return describeDone(scan);
    case 'running':
      return 'another process is scanning it now';
    case 'held':
      return `held: ${scan.problem ?? ''} Accept it with: kbalertz source accept ${scan.id}`;
    case 'failed':
      return `failed: ${scan.problem ?? ''}`;
  }
}

function describeDone(scan: Scan): string {
  const { snapshots = 1, ...changes } = scan.counts;
  const counts = Object.entries(changes).map(([what, count]) => `${count} ${what}`);
  return [
    snapshots === 1 ? '' : `${snapshots} snapshots, `,
    `${scan.articleCount ?? 0} articles; ${counts.join(', ') || 'no change'}`,
    scan.baseline ? ' (the first scan: it alerts nobody)' : '',
  ].join('');
}

async function listActiveSources(work: Workplace): Promise<string[]> {
  const sources = await work.archive.listSources();
  const names = sources.filter((source) => source.state === 'active').map((source) => source.name);
  if (names.length === 0) {
    throw new CommandError(
      'There is no active source. Add one with: kbalertz source add NAME --kind git --url URL',
    );
  }
  return names;
}
