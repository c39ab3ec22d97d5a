import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { curatedTechnologies } from '../knowledge/technologies/curated-tree.ts';
import { listSynonymGroups } from '../knowledge/technologies/synonym-groups.ts';
import { buildIndex } from '../search/build-index.ts';
import { createSearch } from '../search/create-search.ts';
import type { Search } from '../search/search-answer.ts';
import type { SearchDocument } from '../search/search-document.ts';
import { readArticlesFolder } from './read-articles-folder.ts';

/** A query and the keys of the articles that it should find. */
export type JudgedQuery = {
  readonly query: string;
  readonly kind: string;
  readonly relevant: readonly string[];
};

/** Mean reciprocal rank of the first relevant article among ten, and how often one is first or among ten. */
export type SearchScores = {
  readonly queries: number;
  readonly mrrAt10: number;
  readonly recallAt1: number;
  readonly recallAt10: number;
};

export type SearchEvaluation = {
  readonly articles: number;
  readonly all: SearchScores;
  readonly kinds: Readonly<Record<string, SearchScores>>;
  /** For each query the place of the first relevant article, from 1; null where it is not among ten. */
  readonly ranks: readonly {
    readonly query: string;
    readonly kind: string;
    readonly rank: number | null;
    /** Keys of what came before it. */
    readonly before: readonly string[];
  }[];
};

const judgedQueries = z.array(
  z.object({ query: z.string(), kind: z.string(), relevant: z.array(z.string()) }),
);

/** Loads the articles of a folder, runs the queries of a file over them and judges the answers. */
export function runSearchEvaluation(options: {
  readonly articlesFolder: string;
  readonly queriesFile: string;
}): SearchEvaluation {
  const queries = judgedQueries.parse(JSON.parse(readFileSync(options.queriesFile, 'utf8')));
  return evaluateSearch(readArticlesFolder(options.articlesFolder), queries);
}

/** Judges the search over the documents. */
export function evaluateSearch(
  documents: readonly SearchDocument[],
  queries: readonly JudgedQuery[],
): SearchEvaluation {
  const groups = listSynonymGroups(curatedTechnologies);
  const search = createSearch(buildIndex(documents, { groups, technologies: [], sources: [] }));
  const keys = new Map<number, string>(documents.map(({ articleId, key }) => [articleId, key]));
  const ranks = queries.map((judged) => rankQuery(search, keys, judged));
  const kinds = Object.groupBy(ranks, ({ kind }) => kind);
  return {
    articles: documents.length,
    all: score(ranks),
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, of = []]) => [kind, score(of)])),
    ranks,
  };
}

function rankQuery(
  search: Search,
  keys: ReadonlyMap<number, string>,
  { query, kind, relevant }: JudgedQuery,
): SearchEvaluation['ranks'][number] {
  const { hits, near } = search.search({ query, limit: 10 });
  const found = [...hits, ...near].map(({ articleId }) => keys.get(articleId) ?? '');
  const at = found.findIndex((key) => relevant.includes(key));
  return { query, kind, rank: at < 0 ? null : at + 1, before: at < 0 ? found : found.slice(0, at) };
}

function score(ranks: readonly { readonly rank: number | null }[]): SearchScores {
  const mean = (value: (rank: number | null) => number) =>
    ranks.reduce((sum, { rank }) => sum + value(rank), 0) / Math.max(1, ranks.length);
  return {
    queries: ranks.length,
    mrrAt10: mean((rank) => (rank === null ? 0 : 1 / rank)),
    recallAt1: mean((rank) => (rank === 1 ? 1 : 0)),
    recallAt10: mean((rank) => (rank === null ? 0 : 1)),
  };
}
