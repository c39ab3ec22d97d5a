import { resolve } from 'node:path';
import type { OpenFolderSearch } from '../cli/eval-search.ts';
import { type ArticleId, asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import { curatedTechnologies } from '../knowledge/technologies/curated-tree.ts';
import { listSynonymGroups } from '../knowledge/technologies/synonym-groups.ts';
import { buildIndex } from '../search/build-index.ts';
import { createSearch } from '../search/create-search.ts';
import type { SearchDocument } from '../search/search-document.ts';
import { createFolderReader } from '../sources/folder/create-folder-reader.ts';
import { createVolatileFetchMemory } from '../sources/http/volatile-fetch-memory.ts';
import { systemClock } from './compose.ts';

/** A search over the articles of a folder as they are, with the names that the program knows to mean the same. */
export const openFolderSearch: OpenFolderSearch = async (folder) => {
  const documents = await readFolder(resolve(folder));
  const groups = listSynonymGroups(curatedTechnologies);
  const { search } = createSearch(buildIndex(documents, { groups, technologies: [], sources: [] }));
  const keys = new Map(documents.map(({ articleId, key }) => [articleId, key]));
  return {
    articles: documents.length,
    findPaths(query, limit) {
      const { hits, near } = search({ query, limit });
      return [...hits, ...near].slice(0, limit).map((hit) => keys.get(hit.articleId) ?? '');
    },
  };
};

async function readFolder(folder: string): Promise<SearchDocument[]> {
  const reader = createFolderReader({
    isLocalPathAllowed: () => true,
    memory: createVolatileFetchMemory(),
    clock: systemClock,
  });
  const now = systemClock.now();
  const source = {
    id: asId<SourceId>(1),
    name: 'folder',
    title: folder,
    kind: 'folder',
    url: folder,
    settings: {},
    schedule: '0 0 1 1 *',
    licence: '',
    attribution: '',
    state: 'active',
    createdAt: now,
  } as const;
  const request = {
    source,
    cursor: null,
    asOf: null,
    depth: 'latest',
    signal: new AbortController().signal,
  } as const;
  for await (const { drafts } of reader.readSnapshots(request)) {
    return drafts.map(({ key, url, published }, index) => ({
      articleId: asId<ArticleId>(index + 1),
      sourceId: source.id,
      key,
      url,
      isRetired: false,
      document: readDocument(published, key),
      formerNames: [],
      technologies: [],
      createdAt: asId<Instant>(0),
      changedAt: asId<Instant>(0),
      hasRemedy: false,
    }));
  }
  return [];
}
