import type { Command } from 'commander';
import { createOutput } from './output.ts';

/** What reading a folder of feeds came to; `sources` has the evaluation itself. */
export type FeedsReport = {
  readonly files: number;
  readonly read: number;
  readonly withinOneSecond: number;
  readonly slowestMs: number;
  readonly kept: { readonly expectations: number; readonly hold: number; readonly share: number };
  readonly others: { readonly expectations: number; readonly hold: number };
  readonly elsewhere: number;
  readonly unreadable: number;
  readonly failures: readonly {
    readonly file: string;
    readonly expectation: string;
    readonly isKept: boolean;
  }[];
  readonly crashes: readonly { readonly file: string; readonly problem: string }[];
};

/** `eval feeds DIR`: reads feeds that say in a comment what they expect, and counts what holds. */
export function registerEvalFeeds(
  program: Command,
  parts: { readonly evaluateFeeds: (folder: string) => Promise<FeedsReport> },
): void {
  const parent =
    program.commands.find((command) => command.name() === 'eval') ??
    program.command('eval').description('measures how good the program is on labelled data');
  parent
    .command('feeds')
    .description('reads the feeds of a folder and compares them with what a comment in each expects')
    .argument('<dir>', 'folder that has the feeds, at any depth')
    .option('--json', 'print one JSON document for machines')
    .action(async (folder: string, _options: unknown, command: Command) => {
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const output = createOutput({ json, out: process.stdout, err: process.stderr });
      const report = await parts.evaluateFeeds(folder);
      output.result(report, () => formatFeedsReport(report));
    });
}

/** The report in plain lines. */
export function formatFeedsReport(report: FeedsReport): string {
  const { files, kept, others } = report;
  return [
    `${report.read} of ${files} files read without a crash, ${report.withinOneSecond} within a second (slowest ${report.slowestMs} ms)`,
    `${kept.hold} of ${kept.expectations} expectations of fields that are kept hold (${(kept.share * 100).toFixed(1)} %)`,
    `${others.hold} of ${others.expectations} expectations of other fields that are read hold`,
    `${report.elsewhere} expectations concern something that is not read, ${report.unreadable} can't be evaluated`,
    ...report.crashes.map(({ file, problem }) => `crashed: ${file}: ${problem}`),
    ...report.failures.map(
      ({ file, expectation, isKept }) => `${isKept ? 'kept' : 'other'}: ${file}: ${expectation}`,
    ),
  ].join('\n');
}
