import { primaryLanguage } from './analysis/languages.ts';
import { buildSegments, openSegments } from './build-index.ts';
import { forEachBit } from './index/bits.ts';
import { createQueryCompiler } from './query/compile-query.ts';
import { createPlanEvaluator, type PlanEvaluator } from './ranking/evaluate-plan.ts';
import { createSavedSearchFile, type SavedSearchFile } from './saved-search-file.ts';
import type { SearchDocument } from './search-document.ts';
import { createAnalysers } from './search-index.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A query that is kept. */
export type SavedSearch<Id extends number> = { readonly id: Id; readonly query: string };

/** Documents ready to be matched. */
export type OpenedDocuments = readonly {
  readonly language: string;
  readonly evaluator: PlanEvaluator;
  /** For each document of the part its place in the list that was given. */
  readonly places: Float64Array;
}[];

/** Called for each pair of a saved search and the place of a document that it finds, once. */
export type OnMatch<Id extends number> = (id: Id, place: number) => void;

export type SavedSearchMatcher<Id extends number> = {
  readonly size: number;
  /** Replaces what it knew under the id. */
  add(search: SavedSearch<Id>): void;
  remove(id: Id): void;
  open(documents: readonly SearchDocument[]): OpenedDocuments;
  /**
   * Tells which saved searches find which of the documents: exactly those by which a search over nothing but the
   * document would have found it.
   */
  match(documents: OpenedDocuments, onMatch: OnMatch<Id>): void;
  /** The same for one saved search. */
  matchOne(id: Id, documents: OpenedDocuments, onMatch: OnMatch<Id>): void;
};

/**
 * Keeps any number of saved searches ready. Each is filed under conditions of which a document has to fulfil one, so
 * that documents are compared with those searches only that might find them.
 */
export function createSavedSearchMatcher<Id extends number>(vocabulary: Vocabulary): SavedSearchMatcher<Id> {
  const analyserOf = createAnalysers(vocabulary);
  /** By id. Ids are numbers of rows, which come close together: an array takes a third of the time of a map. */
  const numbers: (number | undefined)[] = [];
  let size = 0;
  /** By number; the query is null where the search was removed. */
  const ids: Id[] = [];
  const queries: (string | null)[] = [];
  const files = new Map<string, SavedSearchFile>();

  /** Searches are compiled for a language when the first document of that language comes. */
  function fileFor(language: string): SavedSearchFile {
    let file = files.get(language);
    if (!file) {
      file = createSavedSearchFile(createQueryCompiler(analyserOf(language)), vocabulary);
      for (let number = 0; number < queries.length; number += 1) {
        const query = queries[number];
        if (typeof query === 'string') file.add(number, query);
      }
      files.set(language, file);
    }
    return file;
  }

  function remove(id: Id): void {
    const number = numbers[id];
    if (number === undefined) return;
    numbers[id] = undefined;
    size -= 1;
    queries[number] = null;
    for (const file of files.values()) file.remove(number);
  }

  return {
    get size() {
      return size;
    },
    add({ id, query }) {
      remove(id);
      const number = ids.push(id) - 1;
      queries.push(query);
      numbers[id] = number;
      size += 1;
      for (const file of files.values()) file.add(number, query);
    },
    remove,
    open(documents) {
      const numbered = documents.map(asNumbered);
      return [...Map.groupBy(numbered, ({ document }) => primaryLanguage(document.language))].flatMap(
        ([language, own]) =>
          openSegments(buildSegments(own, analyserOf), analyserOf).map((part) => ({
            language,
            evaluator: createPlanEvaluator(part),
            places: part.segment.articleIds,
          })),
      );
    },
    match(documents, onMatch) {
      for (const { language, evaluator, places } of documents) {
        fileFor(language).match(evaluator, (number, document) => {
          const id = ids[number];
          if (id !== undefined) onMatch(id, places[document] ?? 0);
        });
      }
    },
    matchOne(id, documents, onMatch) {
      const number = numbers[id];
      if (number === undefined) return;
      for (const { language, evaluator, places } of documents) {
        const found = fileFor(language).matchOne(number, evaluator);
        if (found) forEachBit(found, (document) => onMatch(id, places[document] ?? 0));
      }
    },
  };
}

/** Each document under a number of its own, its place: an article may stand in the list twice. */
function asNumbered(document: SearchDocument, place: number): SearchDocument {
  return { ...document, articleId: place as SearchDocument['articleId'] }; // seen only here
}

/** Which of the saved searches find which of the documents, by rising id, then place. */
export function matchSavedSearches<Id extends number>(request: {
  readonly documents: readonly SearchDocument[];
  readonly savedSearches: Iterable<SavedSearch<Id>>;
  readonly vocabulary: Vocabulary;
}): { readonly id: Id; readonly place: number }[] {
  const matcher = createSavedSearchMatcher<Id>(request.vocabulary);
  for (const search of request.savedSearches) matcher.add(search);
  const matches: { id: Id; place: number }[] = [];
  matcher.match(matcher.open(request.documents), (id, place) => matches.push({ id, place }));
  return matches.sort((a, b) => a.id - b.id || a.place - b.place);
}
