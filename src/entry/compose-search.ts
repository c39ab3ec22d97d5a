import { curatedTechnologies } from '../knowledge/technologies/curated-tree.ts';
import { listSynonymGroups } from '../knowledge/technologies/synonym-groups.ts';
import type { SearchDocument } from '../search/search-document.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import { createChangeLog } from '../store/change-log.ts';
import type { Database } from '../store/database.ts';
import { createSearchFeed, type SearchFeed } from '../store/search-feed.ts';
import { loadShippedRemedies } from './remedies.ts';

/** What the index of a database is made of. */
export function composeSearch(database: Database) {
  const feed = markRemedies(createSearchFeed(database));
  return {
    feed,
    changeLog: createChangeLog(database),
    /** With the names that the program knows to mean the same, also of technologies that no article names yet. */
    async loadVocabulary(): Promise<Vocabulary> {
      const vocabulary = await feed.loadVocabulary();
      const own = listSynonymGroups(curatedTechnologies);
      const known = new Set(own.map(([name]) => name));
      return { ...vocabulary, groups: [...own, ...vocabulary.groups.filter(([name]) => !known.has(name))] };
    },
  };
}

/** The store knows nothing of remedies, which ship with the program. */
function markRemedies(feed: SearchFeed): SearchFeed {
  let remedied: Promise<ReadonlySet<string>> | null = null;

  async function mark(documents: SearchDocument[]): Promise<SearchDocument[]> {
    if (documents.length === 0) return documents;
    remedied ??= listRemedied();
    const [articles, sources] = await Promise.all([remedied, feed.listSources()]);
    const nameOf = new Map<number, string>(sources.map(({ id, name }) => [id, name]));
    return documents.map((document) => {
      const hasRemedy = articles.has(`${nameOf.get(document.sourceId)} ${document.key}`);
      return hasRemedy ? { ...document, hasRemedy } : document;
    });
  }

  return {
    ...feed,
    loadDocuments: async (ids) => mark(await feed.loadDocuments(ids)),
    loadDocumentsAsOf: async (ids, asOf) => mark(await feed.loadDocumentsAsOf(ids, asOf)),
  };
}

async function listRemedied(): Promise<ReadonlySet<string>> {
  const remedies = await loadShippedRemedies();
  return new Set(remedies.map(({ article }) => `${article.source} ${article.key}`));
}
