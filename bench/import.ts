/**
 * What scanning costs, from git to the database: the whole history of a knowledge base beside `git log -p` over the
 * same commits, then one night in which a few files changed. Each import runs in a process of its own, whose peak
 * memory is told.
 *
 *     node bench/import.ts [--bundle FILE] [--runs N]
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asId, type Instant } from '../src/knowledge/ids.ts';
import { createScanner } from '../src/knowledge/scanning/create-scanner.ts';
import { createTechnologyPlacing } from '../src/knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../src/knowledge/technologies/curated-tree.ts';
import { createGitReader } from '../src/sources/git/create-git-reader.ts';
import { openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { openStore } from '../src/store/open-store.ts';
import { dataFolder } from '../tests/corpus/data.ts';

const { values: options } = parseArgs({
  options: {
    bundle: { type: 'string', default: join(dataFolder, 'office-kb.bundle') },
    runs: { type: 'string', default: '3' },
    'import-into': { type: 'string' },
  },
});

type Measured = {
  importMs: number;
  nightMs: number;
  peakMegabytes: number;
  megabytes: number;
  revisions: number;
};

const intoFolder = options['import-into'];
if (intoFolder !== undefined) print(JSON.stringify(await measureImport(intoFolder)));
else await compare(Number(options.runs));

async function compare(runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-'));
  try {
    const clone = join(folder, 'clone.git');
    execFileSync('git', ['clone', '-q', '--bare', options.bundle, clone]);
    const baseline: number[] = [];
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run += 1) {
      baseline.push(await time(() => runGit('-C', clone, 'log', '--first-parent', '-m', '-p', '--all')));
      const parameters = ['--import-into', join(folder, `${run}`), '--bundle', options.bundle];
      const output = execFileSync(process.execPath, [
        '--max-semi-space-size=8',
        import.meta.filename,
        ...parameters,
      ]);
      measured.push(JSON.parse(output.toString()) as Measured); // written by this very file
    }
    const git = median(baseline);
    const importMs = median(measured.map((each) => each.importMs));
    const of = (key: keyof Measured) => median(measured.map((each) => each[key]));
    print(`git log -p: ${seconds(git)} s`);
    print(
      `import of the history: ${seconds(importMs)} s, ${Math.round(of('revisions') / (importMs / 1000))} revisions/s; ` +
        `ratio to git log -p ${(importMs / git).toFixed(1)}`,
    );
    print(`peak memory of the import: ${Math.round(of('peakMegabytes'))} MB`);
    print(`database afterwards: ${of('megabytes').toFixed(1)} MB`);
    print(`a night with 5 changed files: ${Math.round(of('nightMs'))} ms`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureImport(folder: string): Promise<Measured> {
  const repository = join(folder, 'repository');
  execFileSync('git', ['clone', '-q', options.bundle, '-b', 'main', repository]);
  const file = join(folder, 'kb.sqlite');
  const database = openDatabase({ file });
  await migrate(database);
  const { archive, sources, scanLedger } = openStore(database);
  const clock = { now: () => asId<Instant>(Date.now()) };
  const reader = createGitReader({ cacheFolder: join(folder, 'git'), isLocalPathAllowed: () => true, clock });
  const added = await sources.add({
    name: 'bench',
    title: 'Bench',
    kind: 'git',
    url: repository,
    settings: {},
    schedule: '17 2 * * *',
    licence: '',
    attribution: '',
    createdAt: clock.now(),
  });
  if (added.kind !== 'added') throw new Error('The bench needs a new database.');
  const scanner = createScanner({
    readerOf: () => reader,
    ledger: scanLedger,
    clock,
    placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
  });
  const importMs = await time(() => scanner.importHistory(added.source));
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const { revisions } = await archive.countArticles();

  editFiveFiles(repository);
  let night = '';
  const nightMs = await time(async () => {
    const outcome = await scanner.scan(added.source);
    night = outcome.kind === 'done' ? JSON.stringify(outcome.scan.counts) : outcome.kind;
  });
  if (!night.includes('revised')) throw new Error(`The night found nothing: ${night}`);
  await database.close();
  return { importMs, nightMs, peakMegabytes, megabytes: statSync(file).size / 1e6, revisions };
}

function editFiveFiles(repository: string): void {
  const git = (...parameters: string[]) =>
    execFileSync('git', [
      '-C',
      repository,
      '-c',
      'user.name=b',
      '-c',
      'user.email=b@example.org',
      ...parameters,
    ]);
  const files = git('ls-files', '*.md')
    .toString()
    .split('\n')
    .filter((path) => /^[\w/-]+\.md$/.test(path) && path.split('/').length > 3);
  const edit = 's/$/ Then restart the service./;t';
  for (const path of files.slice(100, 105)) execFileSync('sed', ['-i', `$ ${edit}`, join(repository, path)]);
  git('commit', '-q', '-a', '-m', 'five edits');
}

/** Runs git with its output read and thrown away, as a pager that shows nothing. */
function runGit(...parameters: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.resume();
    child.once('error', reject);
    child.once('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`git ended with ${status}`)),
    );
  });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
