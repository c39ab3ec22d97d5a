import type { FindAmong } from '../alerts/match-saved-searches.ts';
import { buildIndex } from '../search/build-index.ts';
import { createSearch } from '../search/create-search.ts';
import type { Database } from '../store/database.ts';
import { composeSearch } from './compose-search.ts';

/** Answers which of a few articles each query finds, with the search itself over an index of only these. */
export function createFindAmong(database: Database): FindAmong {
  const { feed, loadVocabulary } = composeSearch(database);
  return async (queries, articles) => {
    if (queries.length === 0) return new Map();
    const documents = await feed.loadDocuments(articles);
    const { search } = createSearch(buildIndex(documents, await loadVocabulary()));
    return new Map(
      queries.map((query) => {
        const { hits } = search({ query, limit: documents.length });
        return [query, new Set(hits.map((hit) => hit.articleId))];
      }),
    );
  };
}
