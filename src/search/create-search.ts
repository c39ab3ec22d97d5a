import { asId } from '../knowledge/ids.ts';
import { correctSpelling } from './correct-spelling.ts';
import {
  countFound,
  createOrder,
  findDocuments,
  type PartQuery,
  selectBest,
  selectLastChanged,
} from './find-documents.ts';
import type { IndexPart } from './index/overlay.ts';
import { parseQuery } from './query/parse-query.ts';
import { createNameComparer, type NameComparer } from './ranking/compare-names.ts';
import { countFacets } from './ranking/count-facets.ts';
import { createPassageFinder, type PassageFinder } from './ranking/find-passage.ts';
import { createScoreRoom, type ScoreRoom } from './ranking/score-documents.ts';
import type { Ranked } from './ranking/top-documents.ts';
import type { Search, SearchAnswer, SearchHit, SearchRequest } from './search-answer.ts';
import type { SearchIndex } from './search-index.ts';
import { suggestFor } from './suggest.ts';

/** The best by their words are compared by their names, the best of these by their passages. */
const comparedByName = 128;
const comparedByPassage = 16;
const nameWeight = 1.5;
const passageWeight = 0.3;
const maxSnippetLength = 240;
/** No more near articles than fit on a page or two. */
const mostNear = 50;

/** The search over one state of the index. */
export function createSearch(index: SearchIndex): Search {
  const rooms = new Map(index.parts.map((part) => [part, createScoreRoom(part)]));
  const roomOf = (part: IndexPart) => rooms.get(part) ?? createScoreRoom(part);
  return {
    search: (request) => answer(index, request, roomOf),
    suggest: (typed, limit) => suggestFor(typed, limit, { index, roomOf }),
  };
}

function answer(
  index: SearchIndex,
  request: SearchRequest,
  roomOf: (part: IndexPart) => ScoreRoom,
): SearchAnswer {
  const { limit, offset = 0 } = request;
  const { tree, notUnderstood } = parseQuery(request.query, index.vocabulary);
  const queries = findDocuments(index, tree);
  const total = countFound(queries);
  const end = offset + limit;
  const asksForWords = queries.some(({ weighed }) => weighed.units.length > 0);
  const shown = createShownParts(queries);

  let found: Ranked[];
  let near: Ranked[] = [];
  if (request.sort === 'changed' || !asksForWords) {
    found = selectLastChanged(queries, end);
  } else {
    const nearLimit = total < end ? comparedByName : 0;
    const best = selectBest(queries, { limit: Math.max(end, comparedByName), nearLimit, roomOf });
    found = refine(best.found, queries, shown);
    near = refine(best.near, queries, shown).slice(0, mostNear);
  }
  const nearFrom = Math.max(0, offset - total);
  return {
    hits: found.slice(offset, end).map((ranked) => toHit(ranked, queries, shown)),
    near: near
      .slice(nearFrom, nearFrom + Math.max(0, end - Math.max(total, offset)))
      .map((ranked) => toHit(ranked, queries, shown)),
    total,
    facets: countFacets(queries),
    didYouMean: correctSpelling(request.query, queries[0]?.compiled.units ?? [], index),
    notUnderstood,
  };
}

type ShownParts = { names(part: number): NameComparer; passages(part: number): PassageFinder };

/** What is needed of a part only when a document of it is among the best. */
function createShownParts(queries: readonly PartQuery[]): ShownParts {
  const names: NameComparer[] = [];
  const passages: PassageFinder[] = [];
  const queryOf = (part: number): PartQuery => {
    const query = queries[part];
    if (!query) throw new RangeError(`The index has no part ${part}.`);
    return query;
  };
  return {
    names(at) {
      const { part, weighed } = queryOf(at);
      names[at] ??= createNameComparer(part, weighed);
      return names[at];
    },
    passages(at) {
      const { part, weighed, language } = queryOf(at);
      passages[at] ??= createPassageFinder(part, weighed, language.analyser);
      return passages[at];
    },
  };
}

/** Looks closer at the best: at how their names are like the query, then at how close its words stand in them. */
function refine(best: readonly Ranked[], queries: readonly PartQuery[], shown: ShownParts): Ranked[] {
  const isBetter = createOrder(queries);
  const byOrder = (a: Ranked, b: Ranked) => (isBetter(a, b) ? -1 : isBetter(b, a) ? 1 : 0);
  const named = best.slice(0, comparedByName).map((ranked) => ({
    ...ranked,
    score: ranked.score + nameWeight * shown.names(ranked.part).compare(ranked.document),
  }));
  named.sort(byOrder);
  const passaged = named.slice(0, comparedByPassage).map((ranked) => ({
    ...ranked,
    score: ranked.score + passageWeight * (shown.passages(ranked.part).find(ranked.document)?.share ?? 0),
  }));
  passaged.sort(byOrder);
  return [...passaged, ...named.slice(comparedByPassage), ...best.slice(comparedByName)];
}

function toHit(
  { part, document, score }: Ranked,
  queries: readonly PartQuery[],
  shown: ShownParts,
): SearchHit {
  const query = queries[part];
  const finder = shown.passages(part);
  return {
    articleId: asId(query?.part.segment.articleIds[document] ?? 0),
    score,
    missing: query ? listMissing(query, document) : [],
    title: finder.showTitle(document),
    snippet: finder.show(document, finder.find(document), maxSnippetLength),
  };
}

function listMissing({ compiled, evaluator }: PartQuery, document: number): string[] {
  return compiled.units
    .filter(({ plan }) => plan !== null && !evaluator.has(plan, document))
    .map(({ label }) => label);
}
