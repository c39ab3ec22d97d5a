import type { ArticleId, ChangeId, SubscriptionId } from '../knowledge/ids.ts';

/** A change that may be told, as matching sees it. */
export type ChangeToMatch = { readonly id: ChangeId; readonly articleId: ArticleId };
export type SavedSearch = {
  readonly id: SubscriptionId;
  readonly query: string;
  /** It tells later changes only. */
  readonly afterChangeId: ChangeId;
};
export type SavedSearchMatch = { readonly subscriptionId: SubscriptionId; readonly changeId: ChangeId };

/** How far the change log was matched with saved searches, and what matched. */
export type SavedSearchLog = {
  /** The next changes of the log that alert, in order, and how far the log was read for them. */
  listChangesToMatch(limit: number): Promise<{ changes: ChangeToMatch[]; through: ChangeId } | null>;
  /** In pages by id, those that may tell a change up to `through`. */
  listSavedSearches(page: { after: SubscriptionId | null; limit: number }): Promise<SavedSearch[]>;
  /** Keeps the matches and moves on to `through`, in one transaction. */
  keepMatches(matches: readonly SavedSearchMatch[], through: ChangeId): Promise<void>;
};

/**
 * The articles, among those given, that each query finds as the archive shows them now: the search's own answer, so
 * that a saved search tells a change exactly when the search would find the article.
 */
export type FindAmong = (
  queries: readonly string[],
  articles: readonly ArticleId[],
) => Promise<ReadonlyMap<string, ReadonlySet<ArticleId>>>;

const changesAtATime = 500;
const searchesAtATime = 5000;

/**
 * Matches what was recorded since the last time with every saved search; returns how many changes it looked at. May be
 * broken off anywhere and run by several at once: a match that is kept twice is one match.
 */
export async function matchSavedSearches(parts: {
  readonly log: SavedSearchLog;
  readonly findAmong: FindAmong;
  /** Asked between two steps. */
  readonly goesOn?: () => boolean;
}): Promise<number> {
  const { log, findAmong, goesOn = () => true } = parts;
  let matched = 0;
  while (goesOn()) {
    const step = await log.listChangesToMatch(changesAtATime);
    if (step === null) break;
    await log.keepMatches(await findMatches(step.changes, log, findAmong), step.through);
    matched += step.changes.length;
  }
  return matched;
}

async function findMatches(
  changes: readonly ChangeToMatch[],
  log: SavedSearchLog,
  findAmong: FindAmong,
): Promise<SavedSearchMatch[]> {
  const matches: SavedSearchMatch[] = [];
  const articles = [...new Set(changes.map((change) => change.articleId))];
  if (articles.length === 0) return matches;
  for (let after: SubscriptionId | null = null; ; ) {
    const searches: SavedSearch[] = await log.listSavedSearches({ after, limit: searchesAtATime });
    const found = await findAmong([...new Set(searches.map((search) => search.query))], articles);
    for (const { id, query, afterChangeId } of searches) {
      for (const change of changes) {
        if (change.id > afterChangeId && found.get(query)?.has(change.articleId)) {
          matches.push({ subscriptionId: id, changeId: change.id });
        }
      }
    }
    after = searches.at(-1)?.id ?? null;
    if (searches.length < searchesAtATime) return matches;
  }
}
