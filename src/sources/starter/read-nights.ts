import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { SourceError } from '../../knowledge/source.ts';

/** The whole starter knowledge base as it stands after one of its nights. */
export type Night = {
  /** 1, 2, 3 … */
  readonly number: number;
  /** SHA-256 of all that the night shows, hex. */
  readonly hash: string;
  /** Path → text of every file, includes too. */
  readonly files: ReadonlyMap<string, string>;
  /** Path → former paths, oldest first. */
  readonly formerPaths: ReadonlyMap<string, readonly string[]>;
  /** Path → why, for every article that was retired up to this night. */
  readonly retired: ReadonlyMap<string, string>;
};

const nightNotes = z.object({
  moved: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  retired: z.array(z.object({ path: z.string(), because: z.string() })).default([]),
});

/**
 * Reads `night-1`, `night-2` … of the folder, each laid over the one before. Throws SourceError where there is none
 * or one is broken.
 */
export async function readNights(folder: string): Promise<Night[]> {
  const names = await listNights(folder);
  const nights: Night[] = [];
  let before: Omit<Night, 'hash' | 'number'> = {
    files: new Map(),
    formerPaths: new Map(),
    retired: new Map(),
  };
  for (const [index, name] of names.entries()) {
    const { files, notes } = await readFiles(join(folder, name));
    before = layOver(before, files, readNotes(notes, name));
    nights.push({ ...before, number: index + 1, hash: hashNight(before.files, before.retired) });
  }
  return nights;
}

async function listNights(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new SourceError(
      'starter-folder-gone',
      `The starter knowledge base is not at ${folder}. Install the program again, or remove this source.`,
      { cause },
    );
  });
  const names = entries.filter((entry) => entry.isDirectory() && /^night-\d+$/.test(entry.name));
  if (names.length === 0) {
    throw new SourceError(
      'starter-folder-empty',
      `${folder} has no folder night-1. Install the program again.`,
    );
  }
  const numberOf = (name: string) => Number(name.slice('night-'.length));
  return names.map((entry) => entry.name).sort((a, b) => numberOf(a) - numberOf(b));
}

async function readFiles(folder: string) {
  const files = new Map<string, string>();
  let notes: string | null = null;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const absolute = join(entry.parentPath, entry.name);
    const path = absolute.slice(folder.length + 1).replaceAll('\\', '/');
    if (path === 'night.yaml') notes = await readFile(absolute, 'utf8');
    else if (path.endsWith('.md')) files.set(path, await readFile(absolute, 'utf8'));
  }
  return { files, notes };
}

function readNotes(notes: string | null, name: string): z.infer<typeof nightNotes> {
  try {
    return nightNotes.parse(notes === null ? {} : parse(notes));
  } catch (cause) {
    throw new SourceError(
      'starter-notes-broken',
      `${name}/night.yaml can't be read. Install the program again.`,
      {
        cause,
      },
    );
  }
}

function layOver(
  before: Omit<Night, 'hash' | 'number'>,
  changed: ReadonlyMap<string, string>,
  notes: z.infer<typeof nightNotes>,
): Omit<Night, 'hash' | 'number'> {
  const files = new Map([...before.files, ...changed]);
  const formerPaths = new Map(before.formerPaths);
  const retired = new Map(before.retired);
  for (const { from, to } of notes.moved) {
    formerPaths.set(to, [...(formerPaths.get(from) ?? []), from]);
    formerPaths.delete(from);
    files.delete(from);
  }
  for (const { path, because } of notes.retired) {
    files.delete(path);
    retired.set(path, because);
  }
  return { files, formerPaths, retired };
}

function hashNight(files: ReadonlyMap<string, string>, retired: ReadonlyMap<string, string>): string {
  const content = [...files, ...retired].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
