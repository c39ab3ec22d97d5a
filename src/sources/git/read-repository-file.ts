import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '../../knowledge/source.ts';
import { runGit } from './git-process.ts';
import { branchRef, mirrorFolder } from './mirror.ts';

/** A file as the last scan's copy of the repository has it; null: there is no copy, or no such file in it. */
export async function readRepositoryFile(request: {
  readonly cacheFolder: string;
  readonly source: Pick<Source, 'name' | 'url'>;
  /** From the root of the repository. */
  readonly path: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}): Promise<Uint8Array | null> {
  const { cacheFolder, source, path, maxBytes, signal } = request;
  const folder = mirrorFolder(cacheFolder, source);
  const isThere = await stat(folder).then(
    () => true,
    () => false, // no scan has made it yet, or it was dropped after the import of a bundle
  );
  if (!isThere || path.includes('\0')) return null;
  const configFile = join(cacheFolder, 'git-config');
  try {
    return await runGit(
      { folder, configFile, protocol: 'none', signal },
      ['cat-file', 'blob', `${branchRef}:${path}`],
      { timeoutMs: 30_000, maxBytes },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && error.name === 'GitFailure') return null;
    throw error;
  }
}
