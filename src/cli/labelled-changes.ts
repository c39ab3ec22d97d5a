import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Document } from '../knowledge/document.ts';
import { findIncludeLinks, resolveRepositoryPath } from '../knowledge/reading/include-links.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import { CommandError } from './command-error.ts';

const labelSchema = z.object({
  id: z.string(),
  path: z.string(),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  before: z.string().regex(/^[0-9a-f]{40,64}$/),
  after: z.string().regex(/^[0-9a-f]{40,64}$/),
  label: z.enum(['material', 'minor', 'none', 'invisible']),
});

/** A modification of a file in a git repository with a reader's verdict; `none` is another word for invisible. */
export type LabelledChange = Omit<z.infer<typeof labelSchema>, 'label'> & {
  readonly label: 'material' | 'minor' | 'invisible';
};

/** The two texts of a labelled change, read. Null: the file is no article, and no source would show it as one. */
export type LabelledDocuments = {
  readonly change: LabelledChange;
  readonly documents: { readonly before: Document; readonly after: Document } | null;
};

/** Reads a file of labels: a JSON list. Throws CommandError where it is none. */
export async function readLabels(file: string): Promise<LabelledChange[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(`The labels in ${file} can't be read.`, 1, { cause: error });
  });
  try {
    return z
      .array(labelSchema)
      .parse(JSON.parse(text))
      .map((label) => ({ ...label, label: label.label === 'none' ? 'invisible' : label.label }));
  } catch (error) {
    throw new CommandError(
      `${file} is no list of labelled changes with id, path, date, before, after and label.`,
      1,
      { cause: error },
    );
  }
}

/**
 * Reads the documents of labelled changes out of a git repository. Includes are taken as they stood on the day of
 * the change. Throws CommandError where the repository lacks a text.
 */
export async function readLabelledDocuments(
  repository: string,
  changes: readonly LabelledChange[],
): Promise<LabelledDocuments[]> {
  const texts = await readObjects(repository, [
    ...new Set(changes.flatMap(({ before, after }) => [before, after])),
  ]);
  const textOf = (blob: string) => {
    const text = texts.get(blob);
    if (text === undefined) throw new CommandError(`${repository} has no object ${blob}.`);
    return text;
  };
  const snapshots = await listSnapshots(repository);
  const wanted = changes.map((change) => {
    const commit = snapshots.find(({ date }) => date <= change.date)?.commit ?? snapshots.at(-1)?.commit;
    const paths = [change.before, change.after].flatMap((blob) =>
      findIncludePaths(textOf(blob), change.path),
    );
    return { commit, paths: [...new Set(paths)] };
  });
  const names = wanted.flatMap(({ commit, paths }) => paths.map((path) => `${commit}:${path}`));
  const includes = await readObjects(repository, [...new Set(names)]);
  return changes.map((change, index) => {
    const { commit, paths = [] } = wanted[index] ?? {};
    const found = paths.flatMap((path) => {
      const text = includes.get(`${commit}:${path}`);
      return text === undefined ? [] : [[path, text] as const];
    });
    const read = (blob: string) =>
      readDocument(
        { format: 'markdown', text: textOf(blob), includes: Object.fromEntries(found), facts: {} },
        change.path,
      );
    const documents = isArticlePath(change.path)
      ? { before: read(change.before), after: read(change.after) }
      : null;
    return { change, documents };
  });
}

/** Tables of contents and included pieces are files of a knowledge base, but no articles. */
function isArticlePath(path: string): boolean {
  return !/(?:^|\/)(?:toc\.(?:md|yml)|includes\/.*)$/i.test(path);
}

function findIncludePaths(text: string, key: string): string[] {
  return findIncludeLinks(text).flatMap((link) => resolveRepositoryPath(key, link) ?? []);
}

/** Commits with their days, the newest first. */
async function listSnapshots(repository: string): Promise<{ commit: string; date: string }[]> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['-C', repository, 'log', '--all', '--date-order', '--format=%H %cs'],
    { maxBuffer: 1 << 28 },
  ).catch((error: unknown) => {
    throw new CommandError(`${repository} is no git repository that can be read.`, 1, { cause: error });
  });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), date: line.slice(line.indexOf(' ') + 1) }));
}

/** Name of an object → its text, for those that exist. */
async function readObjects(repository: string, names: readonly string[]): Promise<Map<string, string>> {
  const objects = new Map<string, string>();
  if (names.length === 0) return objects;
  const output = await runCatFile(repository, names);
  let at = 0;
  for (const name of names) {
    const lineEnd = output.indexOf(0x0a, at);
    const [, type, size] = output.toString('utf8', at, lineEnd).match(/ (\w+)(?: (\d+))?$/) ?? [];
    at = lineEnd + 1;
    if (size === undefined || type === 'missing') continue;
    objects.set(name, output.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return objects;
}

function runCatFile(repository: string, names: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', ['-C', repository, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const complaints: Buffer[] = [];
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    git.on('error', (error) => reject(new CommandError('git could not be started.', 1, { cause: error })));
    git.stdin.on('error', () => {}); // git that ended early tells why by its exit code
    git.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else
        reject(
          new CommandError(
            `git could not read ${repository}: ${Buffer.concat(complaints).toString().trim()}`,
          ),
        );
    });
    git.stdin.end(`${names.join('\n')}\n`);
  });
}
