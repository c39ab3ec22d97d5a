import type { SectionKind } from '../knowledge/document.ts';
import type { ArticleId, SourceId, TechnologyId } from '../knowledge/ids.ts';

/** What a person asks of the search. */
export type SearchRequest = {
  /** In the query language (see query-help.ts); any text is a query. */
  readonly query: string;
  readonly limit: number;
  readonly offset?: number;
  /** `relevance` where absent. `changed`: last changed first. */
  readonly sort?: 'relevance' | 'changed';
};

export type SearchAnswer = {
  /**
   * What was found, best first: articles that have everything that was asked for. Of more than four words an article
   * may lack one in four; codes, numbers, phrases and filters are always needed. A saved search matches exactly these.
   */
  readonly hits: readonly SearchHit[];
  /**
   * Not found, but near: articles that lack more than that, best first, to be shown below a line. Only once all that
   * was found has been shown.
   */
  readonly near: readonly SearchHit[];
  /** How many articles were found. */
  readonly total: number;
  /** Of all articles that were found. */
  readonly facets: Facets;
  /** A better spelling of the whole query, or null. */
  readonly didYouMean: string | null;
  /** Parts of the query that were read as words since they made no sense as an instruction, a sentence each. */
  readonly notUnderstood: readonly string[];
};

export type SearchHit = {
  readonly articleId: ArticleId;
  /** Only comparable within one answer. */
  readonly score: number;
  /** Words of the query that the article lacks. */
  readonly missing: readonly string[];
  readonly title: readonly SnippetPart[];
  /** The passage that shows best why the article was found. */
  readonly snippet: readonly SnippetPart[];
};

/** A run of text; marked where it is what was asked for. */
export type SnippetPart = { readonly text: string; readonly isMarked: boolean };

/** Counts per value, most first. */
export type Facets = {
  readonly technologies: readonly { readonly id: TechnologyId; readonly count: number }[];
  readonly sources: readonly { readonly id: SourceId; readonly count: number }[];
  /** Of the last change, UTC. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
  /** Kinds of section that the articles have. */
  readonly sections: readonly { readonly kind: SectionKind; readonly count: number }[];
};

/** Something to complete a half-typed query with. */
export type Suggestion =
  | { readonly kind: 'article'; readonly text: string; readonly articleId: ArticleId }
  | { readonly kind: 'technology'; readonly text: string; readonly technologyId: TechnologyId }
  | { readonly kind: 'code'; readonly text: string; readonly meaning: string | null };

/** The search as pages, the API and the command line use it. Answers come at once: the index is in memory. */
export type Search = {
  search(request: SearchRequest): SearchAnswer;
  /** Titles, technologies and codes that continue what was typed, best first. */
  suggest(typed: string, limit: number): Suggestion[];
};
