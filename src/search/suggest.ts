import { formatErrorCode, listErrorNamesFrom, nameErrorCode } from '../knowledge/identifiers/error-codes.ts';
import { asId } from '../knowledge/ids.ts';
import { foldCase } from './analysis/analyse-word.ts';
import { createOrder, findDocuments, selectBest } from './find-documents.ts';
import type { IndexPart } from './index/overlay.ts';
import { findTermsFrom } from './index/segment.ts';
import { readString } from './index/string-table.ts';
import type { QueryNode } from './query/query-tree.ts';
import { createNameComparer } from './ranking/compare-names.ts';
import { createPassageFinder } from './ranking/find-passage.ts';
import type { ScoreRoom } from './ranking/score-documents.ts';
import type { Suggestion } from './search-answer.ts';
import type { SearchIndex } from './search-index.ts';

/** Each kind leaves room for the others. */
const mostTechnologies = 3;
const mostCodes = 3;
const comparedByName = 64;
/** An article whose names are less like what was typed is no continuation of it. */
const leastLikeness = 0.25;

/** Codes, technologies and titles that continue what was typed. */
export function suggestFor(
  typed: string,
  limit: number,
  { index, roomOf }: { index: SearchIndex; roomOf: (part: IndexPart) => ScoreRoom },
): Suggestion[] {
  const text = typed.trim();
  if (text === '') return [];
  const codes = suggestCodes(text, index);
  const technologies = suggestTechnologies(text, index);
  const articles = suggestArticles(
    text,
    Math.max(0, limit - codes.length - technologies.length),
    index,
    roomOf,
  );
  return [...codes, ...technologies, ...articles].slice(0, limit);
}

/** Codes of the articles that begin so, then known names of codes. */
function suggestCodes(text: string, { parts }: SearchIndex): Suggestion[] {
  const hex = /^(?:0x)?((?=.*\d)[0-9a-f]{3,8})$/i.exec(text)?.[1]?.toLowerCase();
  const found = new Set<number>();
  if (hex !== undefined) {
    for (const { segment } of parts) {
      const [first, end] = findTermsFrom(segment, `=c${hex}`);
      for (let term = first; term < Math.min(end, first + mostCodes); term += 1) {
        found.add(Number.parseInt(readString(segment.terms, term).slice(2), 16));
      }
    }
  }
  const codes = [...found]
    .sort((a, b) => a - b)
    .map((code): Suggestion => {
      const meaning = nameErrorCode(code)[0]?.name ?? null;
      return { kind: 'code', text: formatErrorCode(code), meaning };
    });
  const names = /^[a-z]+_\w*$/i.test(text) ? listErrorNamesFrom(text, mostCodes) : [];
  return [
    ...codes,
    ...names.map(
      ({ name, code }): Suggestion => ({ kind: 'code', text: name, meaning: formatErrorCode(code) }),
    ),
  ].slice(0, mostCodes);
}

/** Those of which a name begins so before those of which another word of a name does; short names first. */
function suggestTechnologies(text: string, { vocabulary }: SearchIndex): Suggestion[] {
  const wanted = foldCase(text);
  if (wanted.length < 2) return [];
  return vocabulary.technologies
    .flatMap(({ id, names }) => {
      const ranks = names.map((name) => rankName(foldCase(name), wanted));
      const rank = Math.min(...ranks);
      return rank === Number.POSITIVE_INFINITY ? [] : [{ id, name: names[0] ?? '', rank }];
    })
    .sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, mostTechnologies)
    .map(({ id, name }) => ({ kind: 'technology', text: name, technologyId: id }));
}

function rankName(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  return name.includes(` ${wanted}`) ? 1 : Number.POSITIVE_INFINITY;
}

/** Articles that have all words, the last one perhaps unfinished, by how like their names are. */
function suggestArticles(
  text: string,
  limit: number,
  index: SearchIndex,
  roomOf: (part: IndexPart) => ScoreRoom,
): Suggestion[] {
  const tree = readTyped(text);
  if (limit === 0 || tree === null) return [];
  const queries = findDocuments(index, tree);
  const isBetter = createOrder(queries);
  const named = selectBest(queries, { limit: comparedByName, nearLimit: 0, roomOf }).found.flatMap(
    (ranked) => {
      const query = queries[ranked.part];
      const likeness = query ? createNameComparer(query.part, query.weighed).compare(ranked.document) : 0;
      return likeness < leastLikeness ? [] : [{ ...ranked, score: likeness }];
    },
  );
  named.sort((a, b) => (isBetter(a, b) ? -1 : isBetter(b, a) ? 1 : 0));
  return named.slice(0, limit).flatMap(({ part, document }): Suggestion[] => {
    const query = queries[part];
    if (!query) return [];
    const title = createPassageFinder(query.part, query.weighed, query.language.analyser).showTitle(document);
    return [
      {
        kind: 'article',
        text: title.map((piece) => piece.text).join(''),
        articleId: asId(query.part.segment.articleIds[document] ?? 0),
      },
    ];
  });
}

/** Plain words, the last of which is a beginning unless a space follows it. */
function readTyped(text: string): QueryNode | null {
  const words = text.split(/\s+/);
  const last = words.pop() ?? '';
  const beginning = /[\p{L}\p{N}]+$/u.exec(last)?.[0];
  if (beginning === undefined) return null;
  const rest = [...words, last.slice(0, last.length - beginning.length)].join(' ').trim();
  const typed: QueryNode = { kind: 'beginning', text: beginning };
  return rest === '' ? typed : { kind: 'all', parts: [{ kind: 'words', runs: [rest], scope: null }, typed] };
}
