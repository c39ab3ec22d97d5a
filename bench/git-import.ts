/**
 * Reads the whole history of a git knowledge base, each first-parent commit a snapshot, with and without reading what
 * every revision says, and beside it `git log -p` over the same commits. Then one night: from the commit before the
 * last that changed articles to the last.
 *
 *     node bench/git-import.ts [--bundle FILE] [--runs N]
 *
 * The store's share (judging, compressing, writing) is not in it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asId, type Instant } from '../src/knowledge/ids.ts';
import { createDocumentReader } from '../src/knowledge/reading/create-document-reader.ts';
import type { Source } from '../src/knowledge/source.ts';
import { createGitReader } from '../src/sources/git/create-git-reader.ts';
import { dataFolder } from '../tests/corpus/data.ts';

const { values: options } = parseArgs({
  options: {
    bundle: { type: 'string', default: join(dataFolder, 'office-kb.bundle') },
    runs: { type: 'string', default: '3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-'));
const reader = createGitReader({
  cacheFolder: join(folder, 'cache'),
  isLocalPathAllowed: () => true,
  clock: { now: () => asId<Instant>(Date.now()) },
});
const source: Source = {
  id: asId(1),
  name: 'bench',
  title: '',
  kind: 'git',
  url: options.bundle,
  settings: {},
  schedule: '',
  licence: '',
  attribution: '',
  state: 'active',
  createdAt: asId(0),
};
const maxRememberedCharacters = 20_000_000;

try {
  const clone = join(folder, 'clone.git');
  await runGit('clone', '-q', '--bare', options.bundle, clone);
  const runs = Number(options.runs);
  const baseline: number[] = [];
  const shown: number[] = [];
  const understood: number[] = [];
  let snapshots = 0;
  let revisions = 0;
  for (let run = 0; run < runs; run += 1) {
    baseline.push(await time(() => runGit('-C', clone, 'log', '--first-parent', '-m', '-p', '--all')));
    shown.push(
      await time(async () => {
        ({ snapshots, revisions } = await readHistory(null));
      }),
    );
    const read = createDocumentReader({ maxCharacters: maxRememberedCharacters });
    understood.push(await time(() => readHistory(read)));
  }
  const git = median(baseline);
  print(`git log -p: ${(git / 1000).toFixed(2)} s, ${(snapshots / (git / 1000)).toFixed(0)} snapshots/s`);
  describe('every revision as a draft', median(shown), { git, snapshots, revisions });
  describe('every revision as a draft, and read', median(understood), { git, snapshots, revisions });
  const nights: number[] = [];
  const night = await findNight();
  const unpacking = await time(() => readNight(night));
  for (let run = 0; run < runs; run += 1) nights.push(await time(() => readNight(night)));
  print(
    `a night with the last commit's changes: ${median(nights).toFixed(0)} ms (unpacked first: ${unpacking.toFixed(0)} ms)`,
  );
  print(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function readHistory(
  read: ReturnType<typeof createDocumentReader> | null,
): Promise<{ snapshots: number; revisions: number }> {
  let snapshots = 0;
  let revisions = 0;
  const signal = AbortSignal.timeout(600_000);
  const request = { source, cursor: null, asOf: null, depth: 'history', signal } as const;
  for await (const snapshot of reader.readSnapshots(request)) {
    snapshots += 1;
    revisions += snapshot.drafts.length;
    if (read) for (const { published, key } of snapshot.drafts) read(published, key);
  }
  return { snapshots, revisions };
}

/** The commit before the last one that changed articles. */
async function findNight(): Promise<string | null> {
  const proofs: string[] = [];
  const signal = AbortSignal.timeout(600_000);
  const request = { source, cursor: null, asOf: null, depth: 'history', signal } as const;
  for await (const { proof, drafts } of reader.readSnapshots(request))
    if (drafts.length > 0) proofs.push(proof);
  return proofs.at(-2) ?? null;
}

async function readNight(cursor: string | null): Promise<void> {
  const signal = AbortSignal.timeout(600_000);
  const request = { source, cursor, asOf: null, depth: 'latest', signal } as const;
  for await (const snapshot of reader.readSnapshots(request)) void snapshot;
}

function describe(
  what: string,
  milliseconds: number,
  { git, snapshots, revisions }: { git: number; snapshots: number; revisions: number },
): void {
  const seconds = milliseconds / 1000;
  print(
    `${what}: ${seconds.toFixed(2)} s, ${(snapshots / seconds).toFixed(0)} snapshots/s, ` +
      `${(revisions / seconds).toFixed(0)} revisions/s; ratio to git log -p ${(milliseconds / git).toFixed(2)}`,
  );
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
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

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
