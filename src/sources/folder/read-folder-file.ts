import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { SourceError } from '../../knowledge/source.ts';
import { defaultArchiveLimits } from './archive-limits.ts';
import { findPlace, openFiles } from './open-files.ts';

/** One file of a folder or archive; null: there is none, it is too large, or it may not be read. */
export async function readFolderFile(request: {
  /** The source's. */
  readonly url: string;
  /** From the folder down. */
  readonly path: string;
  readonly maxBytes: number;
  readonly isLocalPathAllowed: (path: string) => boolean;
}): Promise<Uint8Array | null> {
  const { url, path, maxBytes, isLocalPathAllowed } = request;
  try {
    const place = await findPlace(url, isLocalPathAllowed);
    if ((await stat(place)).isDirectory()) return await readWithin(place, path, maxBytes);
    const limits = { ...defaultArchiveLimits, maxFileBytes: maxBytes };
    for await (const file of openFiles(place, limits, (one) => one === path)) return file.bytes;
    return null;
  } catch (error) {
    if (error instanceof SourceError || (error instanceof Error && 'syscall' in error)) return null;
    throw error;
  }
}

/** Links are followed only where they stay within the folder. */
async function readWithin(folder: string, path: string, maxBytes: number): Promise<Uint8Array | null> {
  const file = await realpath(join(folder, path));
  if (!file.startsWith(folder + sep)) return null;
  const found = await stat(file);
  return found.isFile() && found.size <= maxBytes ? await readFile(file) : null;
}
