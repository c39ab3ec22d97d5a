import { join } from 'node:path';
import type { Clock } from '../knowledge/clock.ts';
import { type Source, SourceError, type SourceReader } from '../knowledge/source.ts';
import { createStarterReader } from '../sources/starter/create-starter-reader.ts';
import type { Config } from './config.ts';

/** The URL that stands for the knowledge base that ships with the program. */
export const starterUrl = 'kbalertz:starter';

/** Chooses the reader of a source by its kind. */
export function createSourceReaders(config: Config, clock: Clock): (source: Source) => SourceReader {
  const starter = createStarterReader({ folder: join(import.meta.dirname, '../../starter-kb'), clock });
  const readers: Partial<Record<Source['kind'], SourceReader>> = {};
  return (source) => {
    if (source.url === starterUrl) return starter;
    const reader = readers[source.kind];
    if (!reader)
      throw new SourceError('kind-unknown', `This version cannot read sources of the kind "${source.kind}".`);
    return reader;
  };
}
