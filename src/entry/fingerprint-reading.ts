import { hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

/** The folders whose code makes a reading of a revision, and the libraries that it uses (a test compares). */
export const readingFolders = ['knowledge/identifiers', 'knowledge/reading'];
export const readingLibraries = ['htmlparser2', 'markdown-it', 'sanitize-html', 'yaml'];

let known: string | null = null;

/** Another one whenever a reading may come out differently: nobody has to remember to count a version up. */
export function fingerprintReading(): string {
  known ??= makeFingerprint();
  return known;
}

function makeFingerprint(): string {
  const root = join(import.meta.dirname, '..');
  const files = readingFolders
    .flatMap((folder) => globSync(`${folder}/*.ts`, { cwd: root }))
    .filter((path) => !/\.(test|fixture)\.ts$/.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
  const libraries = readingLibraries.map((name) => [name, readVersion(name)]);
  return hash('sha256', JSON.stringify([files, libraries])).slice(0, 16);
}

function readVersion(library: string): string {
  const file = findPackageJSON(library, import.meta.url);
  if (file === undefined) throw new Error(`${library} is not installed. Run npm ci.`);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
