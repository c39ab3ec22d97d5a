import { primaryLanguage } from './analysis/languages.ts';
import { buildSegments, openSegments } from './build-index.ts';
import { createBits, forEachBit, intersect, isEmpty } from './index/bits.ts';
import type { IndexPart } from './index/overlay.ts';
import { createQueryCompiler, type QueryCompiler } from './query/compile-query.ts';
import { parseQuery } from './query/parse-query.ts';
import type { Plan } from './query/plan.ts';
import { createPlanEvaluator } from './ranking/evaluate-plan.ts';
import { findRequiredConditions } from './required-conditions.ts';
import type { SearchDocument } from './search-document.ts';
import { createAnalysers } from './search-index.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A query that is kept; `id` is the subscription's. */
export type SavedSearch<Id extends number> = { readonly id: Id; readonly query: string };

/** The saved search with this id finds the document with this place in the list. */
export type SavedSearchMatch<Id extends number> = { readonly id: Id; readonly document: number };

export type SavedSearchMatcher<Id extends number> = {
  /** Replaces what it knew under the id. */
  add(search: SavedSearch<Id>): void;
  remove(id: Id): void;
  /**
   * Tells which saved searches find which of the documents (by their places in the list), each pair once: exactly
   * those by which a search over nothing but the document would have found it.
   */
  match(documents: readonly SearchDocument[], onMatch: (id: Id, document: number) => void): void;
};

/**
 * Keeps any number of saved searches ready. Each is filed under conditions of which a document has to fulfil one, so
 * that documents are compared with those searches only that might find them.
 */
export function createSavedSearchMatcher<Id extends number>(vocabulary: Vocabulary): SavedSearchMatcher<Id> {
  const analyserOf = createAnalysers(vocabulary);
  const queries = new Map<Id, string>();
  const files = new Map<string, LanguageFile<Id>>();

  /** Searches are compiled for a language when the first document of that language comes. */
  function fileFor(language: string): LanguageFile<Id> {
    let file = files.get(language);
    if (!file) {
      file = createLanguageFile(createQueryCompiler(analyserOf(language)), vocabulary);
      for (const [id, query] of queries) file.add(id, query);
      files.set(language, file);
    }
    return file;
  }

  return {
    add({ id, query }) {
      if (queries.has(id)) for (const file of files.values()) file.remove(id);
      queries.set(id, query);
      for (const file of files.values()) file.add(id, query);
    },
    remove(id) {
      if (queries.delete(id)) for (const file of files.values()) file.remove(id);
    },
    match(documents, onMatch) {
      const places = documents.map((document, place) => ({ document, place }));
      for (const [language, own] of Map.groupBy(places, ({ document }) =>
        primaryLanguage(document.document.language),
      )) {
        // Each document under a number of its own: an article may stand in the list twice.
        const numbered = own.map(({ document, place }) => ({
          ...document,
          articleId: asPlace(document, place),
        }));
        for (const part of openSegments(buildSegments(numbered, analyserOf), analyserOf)) {
          fileFor(language).match(part, (id, document) => {
            onMatch(id, part.segment.articleIds[document] ?? 0);
          });
        }
      }
    },
  };
}

/** Which of the saved searches find which of the documents, by rising id, then document. */
export function matchSavedSearches<Id extends number>(request: {
  readonly documents: readonly SearchDocument[];
  readonly savedSearches: Iterable<SavedSearch<Id>>;
  readonly vocabulary: Vocabulary;
}): SavedSearchMatch<Id>[] {
  const matcher = createSavedSearchMatcher<Id>(request.vocabulary);
  for (const search of request.savedSearches) matcher.add(search);
  const matches: SavedSearchMatch<Id>[] = [];
  matcher.match(request.documents, (id, document) => matches.push({ id, document }));
  return matches.sort((a, b) => a.id - b.id || a.document - b.document);
}

const asPlace = ({ articleId }: SearchDocument, place: number): typeof articleId => place as typeof articleId; // only within this file

type LanguageFile<Id> = {
  add(id: Id, query: string): void;
  remove(id: Id): void;
  match(part: IndexPart, onMatch: (id: Id, document: number) => void): void;
};

/** A saved search: a document has to fulfil all of the parts. */
type Filed<Id> = { readonly id: Id; readonly parts: readonly Plan[]; isRemoved: boolean; seen: number };

function createLanguageFile<Id extends number>(
  compiler: QueryCompiler,
  vocabulary: Vocabulary,
): LanguageFile<Id> {
  const byCondition = new Map<Plan, Filed<Id>[]>();
  /** Without a condition that has to be fulfilled: everything but what has a word, say. */
  let others: Filed<Id>[] = [];
  const byId = new Map<Id, Filed<Id>>();
  let removed = 0;
  let round = 0;

  const burdenOf = (condition: Plan) => byCondition.get(condition)?.length ?? 0;

  function fileUnder(condition: Plan, filed: Filed<Id>): void {
    const known = byCondition.get(condition);
    if (known) known.push(filed);
    else byCondition.set(condition, [filed]);
  }

  function addPlain(filed: Filed<Id>): void {
    let best = filed.parts[0];
    let least = Number.POSITIVE_INFINITY;
    for (const part of filed.parts) {
      const burden = part.kind === 'filter' ? Number.POSITIVE_INFINITY : burdenOf(part);
      if (burden < least) {
        best = part;
        least = burden;
      }
    }
    if (best) fileUnder(best, filed);
  }

  /** What was removed is passed over until it is worth the while to clear up. */
  function clearUp(): void {
    for (const [condition, searches] of byCondition) {
      const kept = searches.filter(({ isRemoved }) => !isRemoved);
      if (kept.length > 0) byCondition.set(condition, kept);
      else byCondition.delete(condition);
    }
    others = others.filter(({ isRemoved }) => !isRemoved);
    removed = 0;
  }

  return {
    add(id, query) {
      const plain = compiler.compilePlain(query);
      if (plain) {
        const filed = { id, parts: plain, isRemoved: false, seen: 0 };
        byId.set(id, filed);
        addPlain(filed);
        return;
      }
      const { plan } = compiler.compile(parseQuery(query, vocabulary).tree);
      const filed = { id, parts: plan.kind === 'all' ? plan.parts : [plan], isRemoved: false, seen: 0 };
      byId.set(id, filed);
      const conditions = findRequiredConditions(plan, burdenOf);
      if (conditions === null) others.push(filed);
      for (const condition of conditions ?? []) fileUnder(condition, filed);
    },

    remove(id) {
      const filed = byId.get(id);
      if (!filed) return;
      filed.isRemoved = true;
      byId.delete(id);
      removed += 1;
      if (removed > byId.size / 4 + 1000) clearUp();
    },

    match(part, onMatch) {
      const evaluator = createPlanEvaluator(part);
      const found = createBits(part.segment.documentCount);
      round += 1;
      const ask = (filed: Filed<Id>) => {
        if (filed.isRemoved || filed.seen === round) return;
        filed.seen = round;
        found.set(part.overlay.live);
        for (const each of filed.parts) {
          intersect(found, evaluator.evaluate(each));
          if (isEmpty(found)) return;
        }
        forEachBit(found, (document) => onMatch(filed.id, document));
      };
      for (const filed of others) ask(filed);
      for (const [condition, searches] of byCondition) {
        if (!isEmpty(evaluator.evaluate(condition))) for (const filed of searches) ask(filed);
      }
    },
  };
}
