import type { Archive } from '../knowledge/archive.ts';
import type { SourceId } from '../knowledge/ids.ts';
import type { Source } from '../knowledge/source.ts';

export type KnownSources = {
  readonly byId: ReadonlyMap<SourceId, Source>;
  readonly byName: ReadonlyMap<string, Source>;
};

/** All sources: there are few, and every article names its own. */
export async function loadSources(archive: Pick<Archive, 'listSources'>): Promise<KnownSources> {
  const sources = await archive.listSources();
  return {
    byId: new Map(sources.map((source) => [source.id, source])),
    byName: new Map(sources.map((source) => [source.name, source])),
  };
}
