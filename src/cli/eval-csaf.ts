import type { Command } from 'commander';
import { createOutput } from './output.ts';

/** What reading a folder of CSAF documents came to; `sources` has the evaluation itself. */
export type CsafReport = {
  readonly documents: number;
  readonly read: number;
  readonly hashesChecked: number;
  readonly failures: readonly { readonly file: string; readonly because: string }[];
  readonly products: number;
  readonly cves: number;
  readonly revisions: number;
  readonly severities: Readonly<Record<string, number>>;
  readonly slowestMs: number;
};

/** `eval csaf DIR`: reads advisories with their hashes and counts what is in them. */
export function registerEvalCsaf(
  program: Command,
  parts: { readonly evaluateCsaf: (folder: string) => Promise<CsafReport> },
): void {
  const parent =
    program.commands.find((command) => command.name() === 'eval') ??
    program.command('eval').description('measures how good the program is on labelled data');
  parent
    .command('csaf')
    .description('reads the CSAF documents of a folder and counts documents, failures, products and CVEs')
    .argument('<dir>', 'folder that has the documents, at any depth')
    .option('--json', 'print one JSON document for machines')
    .action(async (folder: string, _options: unknown, command: Command) => {
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const output = createOutput({ json, out: process.stdout, err: process.stderr });
      const report = await parts.evaluateCsaf(folder);
      output.result(report, () => formatCsafReport(report));
    });
}

/** The report in plain lines. */
export function formatCsafReport(report: CsafReport): string {
  const severities = Object.entries(report.severities).map(([severity, count]) => `${count} ${severity}`);
  return [
    `${report.read} of ${report.documents} documents read, ${report.hashesChecked} against their SHA-512 (slowest ${report.slowestMs} ms)`,
    `${report.failures.length} failures`,
    `${report.products} products, ${report.cves} CVEs, ${report.revisions} entries of revision histories`,
    `Severity: ${severities.join(', ')}`,
    ...report.failures.map(({ file, because }) => `failed: ${file}: ${because}`),
  ].join('\n');
}
