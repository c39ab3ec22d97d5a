import type { FindAmong } from '../alerts/match-saved-searches.ts';
import type { ArticleId } from '../knowledge/ids.ts';
import {
  createSavedSearchMatcher,
  type OpenedDocuments,
  type SavedSearchMatcher,
} from '../search/match-saved-searches.ts';
import type { Database } from '../store/database.ts';
import { composeSearch } from './compose-search.ts';

/** More are forgotten and compiled anew: each takes some 400 bytes. */
const maxKnownQueries = 2_000_000;

/** The articles at hand, and which of them the known queries find. */
type Round = {
  readonly articles: readonly ArticleId[];
  readonly opened: OpenedDocuments;
  readonly ids: readonly ArticleId[];
  readonly found: Map<number, Set<ArticleId>>;
};

/**
 * Answers which of a few articles each query finds, by the plans of the search itself. Queries are compiled once and
 * matched all together when other articles come, so it is asked for the same articles page by page of queries.
 */
export function createFindAmong(database: Database): FindAmong {
  const { feed, loadVocabulary } = composeSearch(database);
  const numbers = new Map<string, number>();
  let matcher: SavedSearchMatcher<number> | null = null;
  let vocabularyText = '';
  let round: Round | null = null;

  async function openRound(articles: readonly ArticleId[]): Promise<Round> {
    const vocabulary = await loadVocabulary();
    const text = JSON.stringify(vocabulary);
    if (matcher === null || text !== vocabularyText || matcher.size > maxKnownQueries) {
      matcher = createSavedSearchMatcher(vocabulary);
      vocabularyText = text;
      numbers.clear();
    }
    const documents = await feed.loadDocuments(articles);
    const ids = documents.map(({ articleId }) => articleId);
    const opened = matcher.open(documents);
    const found = new Map<number, Set<ArticleId>>();
    matcher.match(opened, (number, place) => addTo(found, number, ids[place]));
    return { articles, opened, ids, found };
  }

  return async (queries, articles) => {
    if (queries.length === 0) return new Map();
    if (round?.articles !== articles) round = await openRound(articles);
    const { opened, ids, found } = round;
    return new Map(
      queries.map((query) => {
        let number = numbers.get(query);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(query, number);
          matcher?.add({ id: number, query });
          matcher?.matchOne(number, opened, (id, place) => addTo(found, id, ids[place]));
        }
        return [query, found.get(number) ?? new Set()];
      }),
    );
  };
}

function addTo(found: Map<number, Set<ArticleId>>, number: number, articleId: ArticleId | undefined): void {
  if (articleId !== undefined) found.set(number, (found.get(number) ?? new Set()).add(articleId));
}
