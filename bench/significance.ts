/**
 * Judges every modification of a git history of Markdown articles on one core, and shows how many alerts a year a
 * follower of everything would get. Beside it the time that git takes for a word diff of the same pairs: of all of
 * them in one process, and with a process for each as a script would call it.
 *
 *     node bench/significance.ts --repo DIR [--runs N]
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Significance } from '../src/knowledge/change.ts';
import type { Document } from '../src/knowledge/document.ts';
import { createDocumentReader } from '../src/knowledge/reading/create-document-reader.ts';
import { judgeChange } from '../src/knowledge/significance/judge-change.ts';

const { values: options } = parseArgs({
  options: { repo: { type: 'string' }, runs: { type: 'string', default: '3' } },
});
if (options.repo === undefined) throw new Error('Usage: node bench/significance.ts --repo DIR [--runs N]');
const repository = options.repo;
const runs = Number(options.runs);
const samplePairs = 400;

type Modification = {
  readonly year: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
};

const modifications = listModifications();
const texts = loadTexts([...new Set(modifications.flatMap(({ before, after }) => [before, after]))]);
print(`${modifications.length} modifications of ${new Set(modifications.map((one) => one.path)).size} files`);

const times: number[] = [];
const coreTimes: number[] = [];
let tally = new Map<string, Record<Significance, number>>();
for (let run = 0; run < runs; run++) {
  const start = performance.now();
  const usage = process.cpuUsage();
  tally = judgeAll();
  const used = process.cpuUsage(usage);
  times.push((performance.now() - start) / 1000);
  coreTimes.push((used.user + used.system) / 1e6);
}
const gitTimes: number[] = [];
for (let run = 0; run < runs; run++) gitTimes.push(await timeGit());
const seconds = median(times);
const gitSeconds = median(gitTimes);
const pairSeconds = timeGitPerPair();
const row = (what: string, time: number) =>
  print(
    `${what.padEnd(58)}${time.toFixed(1).padStart(7)} s${String(Math.round(modifications.length / time)).padStart(8)} changes/s`,
  );
row('read both texts, compare, judge', seconds);
row('  seconds of one core', median(coreTimes));
row('git diff --word-diff, a process for each pair', pairSeconds);
row('git log -p --word-diff, all pairs in one process', gitSeconds);
print(
  `times as fast as git: ${(pairSeconds / seconds).toFixed(2)} (process for each), ${(gitSeconds / seconds).toFixed(2)} (one process); medians of ${runs}`,
);

print('\nyear   modifications   material   minor   invisible');
for (const [year, counts] of [...tally].sort()) {
  const raw = counts.material + counts.minor + counts.invisible;
  const cells = [raw, counts.material, counts.minor, counts.invisible].map((count) =>
    String(count).padStart(9),
  );
  print(`${year}   ${cells.join('   ')}   ${((100 * counts.material) / raw).toFixed(1)}% material`);
}

function judgeAll(): Map<string, Record<Significance, number>> {
  const read = createDocumentReader({ maxCharacters: 20_000_000 });
  const newest = new Map<string, { blob: string; document: Document }>();
  const years = new Map<string, Record<Significance, number>>();
  const readBlob = (blob: string, path: string) => {
    const known = newest.get(path);
    if (known?.blob === blob) return known.document;
    const text = texts.get(blob) ?? '';
    const document = read({ format: 'markdown', text, includes: {}, facts: {} }, path);
    newest.set(path, { blob, document });
    return document;
  };
  for (const { year, path, before, after } of modifications) {
    const { significance } = judgeChange(readBlob(before, path), readBlob(after, path));
    const counts = years.get(year) ?? { material: 0, minor: 0, invisible: 0 };
    counts[significance]++;
    years.set(year, counts);
  }
  return years;
}

function listModifications(): Modification[] {
  const log = execFileSync(
    'git',
    ['-C', repository, 'log', '--reverse', '--first-parent', '--raw', '--no-renames', '--no-abbrev'].concat([
      '--diff-filter=M',
      '--format=commit %cs',
      'HEAD',
      '--',
      '*.md',
    ]),
    { maxBuffer: 1 << 29, encoding: 'utf8' },
  );
  const found: Modification[] = [];
  let year = '';
  for (const line of log.split('\n')) {
    if (line.startsWith('commit ')) year = line.slice(7, 11);
    const match = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) M\t(.+)$/.exec(line);
    const [, before, after, path] = match ?? [];
    // Tables of contents and included pieces are no articles.
    if (before && after && path && !/(?:^|\/)(?:toc\.md|includes\/.*)$/i.test(path)) {
      found.push({ year, path, before, after });
    }
  }
  return found;
}

function loadTexts(blobs: readonly string[]): Map<string, string> {
  const { stdout } = spawnSync('git', ['-C', repository, 'cat-file', '--batch'], {
    input: `${blobs.join('\n')}\n`,
    maxBuffer: 2 ** 31 - 1,
  });
  const found = new Map<string, string>();
  let at = 0;
  for (const blob of blobs) {
    const lineEnd = stdout.indexOf(0x0a, at);
    const size = Number(stdout.toString('utf8', at, lineEnd).split(' ')[2]);
    found.set(blob, stdout.toString('utf8', lineEnd + 1, lineEnd + 1 + size));
    at = lineEnd + size + 2;
  }
  return found;
}

function timeGit(): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const git = spawn(
      'git',
      [
        '-C',
        repository,
        'log',
        '--first-parent',
        '-p',
        '--word-diff',
        '--no-renames',
        '--diff-filter=M',
      ].concat(['HEAD', '--', '*.md']),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    git.stdout.resume();
    git.on('error', reject);
    git.on('close', () => resolve((performance.now() - start) / 1000));
  });
}

/** Extrapolated from pairs that are spread evenly over the history. */
function timeGitPerPair(): number {
  const sample = modifications.filter(
    (_, index) => index % Math.ceil(modifications.length / samplePairs) === 0,
  );
  const start = performance.now();
  for (const { before, after } of sample) {
    execFileSync('git', ['-C', repository, 'diff', '--word-diff', before, after], { maxBuffer: 1 << 28 });
  }
  return ((performance.now() - start) / 1000) * (modifications.length / sample.length);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
