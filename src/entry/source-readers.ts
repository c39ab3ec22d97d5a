import { join, sep } from 'node:path';
import type { Clock } from '../knowledge/clock.ts';
import { type Source, SourceError, type SourceReader } from '../knowledge/source.ts';
import { createGitReader } from '../sources/git/create-git-reader.ts';
import { createStarterReader } from '../sources/starter/create-starter-reader.ts';
import type { Config } from './config.ts';

/** The URL that stands for the knowledge base that ships with the program. */
export const starterUrl = 'kbalertz:starter';

/** Chooses the reader of a source by its kind. */
export function createSourceReaders(config: Config, clock: Clock): (source: Source) => SourceReader {
  const starter = createStarterReader({ folder: join(import.meta.dirname, '../../starter-kb'), clock });
  const readers: Partial<Record<Source['kind'], SourceReader>> = {
    git: createGitReader({
      cacheFolder: join(config.dataFolder, 'git'),
      isLocalPathAllowed: (path) => isWithin(config.localSources, path),
      clock,
    }),
  };
  return (source) => {
    if (source.url === starterUrl) return starter;
    const reader = readers[source.kind];
    if (!reader)
      throw new SourceError('kind-unknown', `This version cannot read sources of the kind "${source.kind}".`);
    return reader;
  };
}

function isWithin(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}${sep}`));
}
