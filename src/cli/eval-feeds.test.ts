import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { formatCsafReport, registerEvalCsaf } from './eval-csaf.ts';
import { formatFeedsReport, registerEvalFeeds } from './eval-feeds.ts';

const feeds = {
  files: 3,
  read: 2,
  withinOneSecond: 2,
  slowestMs: 7,
  kept: { expectations: 2, hold: 1, share: 0.5 },
  others: { expectations: 1, hold: 1 },
  elsewhere: 0,
  unreadable: 0,
  failures: [{ file: 'a.xml', expectation: "feed['title'] == 'a'", isKept: true }],
  crashes: [{ file: 'b.xml', problem: 'too deep' }],
};
const csaf = {
  documents: 2,
  read: 1,
  hashesChecked: 1,
  failures: [{ file: 'x.json', because: 'its SHA-512 is another one than stated' }],
  products: 5,
  cves: 4,
  revisions: 3,
  severities: { high: 1 },
  slowestMs: 2,
};

test('the feeds report names every failure and crash', () => {
  expect(formatFeedsReport(feeds).split('\n')).toEqual([
    '2 of 3 files read without a crash, 2 within a second (slowest 7 ms)',
    '1 of 2 expectations of fields that are kept hold (50.0 %)',
    '1 of 1 expectations of other fields that are read hold',
    "0 expectations concern something that is not read, 0 can't be evaluated",
    'crashed: b.xml: too deep',
    "kept: a.xml: feed['title'] == 'a'",
  ]);
});

test('the CSAF report counts documents, failures, products and CVEs', () => {
  expect(formatCsafReport(csaf).split('\n')).toEqual([
    '1 of 2 documents read, 1 against their SHA-512 (slowest 2 ms)',
    '1 failures',
    '5 products, 4 CVEs, 3 entries of revision histories',
    'Severity: 1 high',
    'failed: x.json: its SHA-512 is another one than stated',
  ]);
});

test('both commands hand over the folder and print JSON when asked', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const folders: string[] = [];
    const noting =
      <Report>(report: Report) =>
      async (folder: string) => {
        folders.push(folder);
        return report;
      };
    const program = new Command();
    registerEvalFeeds(program, { evaluateFeeds: noting(feeds) });
    registerEvalCsaf(program, { evaluateCsaf: noting(csaf) });
    await program.parseAsync(['node', 'kbalertz', 'eval', 'feeds', '/feeds', '--json']);
    await program.parseAsync(['node', 'kbalertz', 'eval', 'csaf', '/csaf', '--json']);
    expect(folders).toEqual(['/feeds', '/csaf']);
    expect(written.mock.calls.map(([text]) => JSON.parse(String(text)))).toEqual([feeds, csaf]);
  } finally {
    written.mockRestore();
  }
});
