import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text of the bundle as it was at some time. */
export type CorpusText = { readonly path: string; readonly text: string };

const maxBytes = 2 ** 30;

/** Every revision of every Markdown article that a bundle holds (each content once), oldest last. */
export function readAllRevisions(bundle: string): CorpusText[] {
  return readFromBundle(bundle, (git) => {
    const lines = git(['rev-list', '--objects', 'main']).toString('utf8').split('\n');
    return new Map(
      lines.filter((line) => line.endsWith('.md')).map((line) => [line.slice(0, 40), line.slice(41)]),
    );
  });
}

/** The Markdown articles of the last snapshot. */
export function readLastSnapshot(bundle: string): CorpusText[] {
  return readFromBundle(bundle, (git) => {
    const entries = git(['ls-tree', '-r', '-z', 'main']).toString('utf8').split('\0');
    return new Map(
      entries.filter((entry) => entry.endsWith('.md')).map((entry) => [entry.slice(12, 52), entry.slice(53)]),
    );
  });
}

type Git = (args: readonly string[], input?: string) => Buffer;

function readFromBundle(bundle: string, listBlobs: (git: Git) => Map<string, string>): CorpusText[] {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bundle-'));
  try {
    const git: Git = (args, input) => runGit(folder, args, input);
    runGit(tmpdir(), ['clone', '--quiet', '--bare', '-b', 'main', bundle, folder]);
    const paths = listBlobs(git);
    const output = git(['cat-file', '--batch'], `${[...paths.keys()].join('\n')}\n`);
    return [...splitBatch(output)].map(({ id, text }) => ({ path: paths.get(id) ?? id, text }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* splitBatch(output: Buffer): Generator<{ id: string; text: string }> {
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf(10, at);
    const [id = '', , size = '0'] = output.toString('latin1', at, lineEnd).split(' ');
    const start = lineEnd + 1;
    yield { id, text: output.toString('utf8', start, start + Number(size)) };
    at = start + Number(size) + 1;
  }
}

function runGit(folder: string, args: readonly string[], input?: string): Buffer {
  const result = spawnSync('git', args, {
    cwd: folder,
    maxBuffer: maxBytes,
    ...(input !== undefined && { input }),
  });
  if (result.status !== 0) throw new Error(`git ${args[0]} failed: ${result.stderr?.toString('utf8')}`);
  return result.stdout;
}
