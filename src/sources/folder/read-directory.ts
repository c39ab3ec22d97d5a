import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArchiveFile, type ArchiveLimits, createArchiveTally } from './archive-limits.ts';

/**
 * The files below a directory in the order of their paths. Links are not followed: they could lead out of what the
 * operator allowed.
 */
export async function* readDirectory(
  root: string,
  limits: ArchiveLimits,
  isWanted: (path: string) => boolean,
): AsyncGenerator<ArchiveFile> {
  const tally = createArchiveTally(limits);
  const waiting = [''];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = (folder === '' ? entry.name : `${folder}/${entry.name}`).normalize('NFC');
      const place = join(root, folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        waiting.push(path);
      if (!entry.isFile() || !isWanted(path)) continue;
      const { size } = await lstat(place);
      const isTooLarge = size > limits.maxFileBytes;
      tally.add(isTooLarge ? 0 : size);
      yield { path, bytes: isTooLarge ? null : await readFile(place) };
    }
  }
}
