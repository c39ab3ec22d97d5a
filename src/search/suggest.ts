import { formatErrorCode, listErrorNamesFrom, nameErrorCode } from '../knowledge/identifiers/error-codes.ts';
import { type ArticleId, asId } from '../knowledge/ids.ts';
import { foldCase } from './analysis/analyse-word.ts';
import { ownIdTerm } from './analysis/special-terms.ts';
import { createOrder, findDocuments, selectBest } from './find-documents.ts';
import { createBits, forEachBit, intersect } from './index/bits.ts';
import type { IndexPart } from './index/overlay.ts';
import { findTermsFrom, readTitle, type Segment } from './index/segment.ts';
import { readString } from './index/string-table.ts';
import type { QueryNode } from './query/query-tree.ts';
import { createNameComparer } from './ranking/compare-names.ts';
import { addPostings } from './ranking/postings.ts';
import type { ScoreRoom } from './ranking/score-documents.ts';
import type { Suggestion } from './search-answer.ts';
import type { SearchIndex } from './search-index.ts';

/** Each kind leaves room for the others. */
const mostTechnologies = 3;
const mostCodes = 3;
const mostNumbers = 5;
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
  const firm = [
    ...suggestByNumber(text, index),
    ...suggestCodes(text, index),
    ...suggestTechnologies(text, index),
  ];
  const room = Math.max(0, limit - firm.length);
  return [...firm, ...suggestArticles(text, room, index, roomOf)].slice(0, limit);
}

/** Articles whose own number begins so. */
function suggestByNumber(text: string, index: SearchIndex): Suggestion[] {
  const digits = /^(?:kb|q)?[\s#]*(\d{4,7})$/i.exec(text)?.[1];
  if (digits === undefined) return [];
  return index.parts
    .flatMap(({ segment, overlay }) => {
      const found = createBits(segment.documentCount);
      const [first, end] = findTermsFrom(segment, ownIdTerm(`KB${digits}`));
      for (let term = first; term < end; term += 1) addPostings(segment, term, found);
      intersect(found, overlay.live);
      const suggestions: (Suggestion & { kind: 'article' })[] = [];
      forEachBit(found, (document) => suggestions.push(suggestArticle(segment, document)));
      return suggestions;
    })
    .sort((one, other) => one.articleId - other.articleId)
    .slice(0, mostNumbers);
}

function suggestArticle(segment: Segment, document: number): Suggestion & { kind: 'article' } {
  const articleId = asId<ArticleId>(segment.articleIds[document] ?? 0);
  return { kind: 'article', text: readTitle(segment, document), articleId };
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
  return named.slice(0, limit).flatMap(({ part, document }) => {
    const query = queries[part];
    return query ? [suggestArticle(query.part.segment, document)] : [];
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
