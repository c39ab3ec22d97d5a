import { join } from 'node:path';
import type { SearchAnswer, SearchOptions, SearchResult } from '../cli/workplace.ts';
import type { ArticleId, Instant } from '../knowledge/ids.ts';
import { buildIndex } from '../search/build-index.ts';
import { createSearch } from '../search/create-search.ts';
import type { Search, SearchHit } from '../search/search-answer.ts';
import type { SearchDocument } from '../search/search-document.ts';
import type { Parts } from './compose.ts';
import { composeSearch } from './compose-search.ts';
import { createIndexKeeper } from './search-index-keeper.ts';
import { openSharedIndex } from './search-service.ts';
import { readSearchSnapshot } from './search-snapshot.ts';

const pageSize = 500;

/** One search for the command line: with the snapshot that a server keeps, or an index made for it. */
export async function searchOnce(
  parts: Pick<Parts, 'config' | 'database' | 'archive'>,
  query: string,
  { limit, asOf }: SearchOptions,
): Promise<SearchAnswer> {
  const search = asOf === null ? await openCurrent(parts) : await buildAsOf(parts, asOf);
  const answer = search.search({ query, limit });
  const shown = [...answer.hits, ...answer.near].map((hit) => hit.articleId);
  const articles = await parts.archive.listArticles(shown);
  const byId = new Map(articles.map((article) => [article.id, article]));
  const describe = (hit: SearchHit): SearchResult => ({
    articleId: hit.articleId,
    title: hit.title.map((part) => part.text).join(''),
    externalIds: byId.get(hit.articleId)?.externalIds ?? [],
    url: byId.get(hit.articleId)?.url ?? null,
    snippet: hit.snippet.map((part) => part.text).join(''),
  });
  return {
    total: answer.total,
    notUnderstood: answer.notUnderstood,
    didYouMean: answer.didYouMean,
    hits: answer.hits.map(describe),
    near: answer.near.slice(0, limit).map(describe),
  };
}

async function openCurrent({ config, database }: Pick<Parts, 'config' | 'database'>): Promise<Search> {
  const search = composeSearch(database);
  const keeper = createIndexKeeper(search);
  const kept = await readSearchSnapshot(join(config.dataFolder, 'search.snapshot'));
  const resumed = kept && (await keeper.resume(kept));
  if (!resumed) return openSharedIndex(await keeper.build());
  return openSharedIndex((await keeper.follow()) ?? resumed);
}

async function buildAsOf({ database }: Pick<Parts, 'database'>, asOf: Instant): Promise<Search> {
  const { feed, loadVocabulary } = composeSearch(database);
  const documents: SearchDocument[] = [];
  for (let after: ArticleId | null = null, isLast = false; !isLast; ) {
    const ids: ArticleId[] = await feed.listArticleIds({ after, limit: pageSize });
    documents.push(...(await feed.loadDocumentsAsOf(ids, asOf)));
    after = ids.at(-1) ?? after;
    isLast = ids.length < pageSize;
  }
  return createSearch(buildIndex(documents, await loadVocabulary()));
}
