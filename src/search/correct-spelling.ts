import { foldCase } from './analysis/analyse-word.ts';
import type { IndexPart } from './index/overlay.ts';
import { findTerm, type Segment } from './index/segment.ts';
import { findWordPlace, readWord } from './index/words.ts';
import type { QueryUnit } from './query/plan.ts';
import type { SearchIndex } from './search-index.ts';

/** Shorter words are abbreviations more often than mistakes. */
const shortestCorrected = 4;
/** From this length on two slips are forgiven, below it one. */
const longForTwo = 7;

/** A word that so few documents have may be a mistake of theirs, if so many times as many have another like it. */
const mostOfMistake = 5;
const leastTimesAsMany = 50;

/**
 * The query with each word that no document has, or hardly any, written as the most frequent word that looks like it,
 * as two words or as one with its neighbour; null where there is nothing better.
 */
export function correctSpelling(
  query: string,
  units: readonly QueryUnit[],
  index: SearchIndex,
): string | null {
  const words = units.filter(({ words: own, name }) => own.length === 1 && name === null);
  let corrected = query;
  for (const [at, { label }] of words.entries()) {
    const folded = foldCase(label);
    if (folded.length < shortestCorrected || !/^\p{L}+$/u.test(folded)) continue;
    const count = countWord(index, folded);
    const next = words[at + 1]?.label;
    const better =
      count === 0
        ? (findJoined(index, folded, next) ?? findLike(index, folded) ?? findSplit(index, folded))
        : findCommon(index, folded, count);
    if (better === null) continue;
    const wrong = better.replacesNext && next ? `${label} ${next}` : label;
    corrected = replaceWord(corrected, wrong, better.text);
  }
  return corrected === query ? null : corrected;
}

type Correction = { readonly text: string; readonly replacesNext: boolean };

/** "share point" → "sharepoint" */
function findJoined(index: SearchIndex, folded: string, next: string | undefined): Correction | null {
  const joined = next === undefined ? '' : folded + foldCase(next);
  return joined !== '' && countWord(index, joined) > 0 ? { text: joined, replacesNext: true } : null;
}

/** "calender", which somebody wrote once → "calendar" */
function findCommon(index: SearchIndex, folded: string, count: number): Correction | null {
  if (count > mostOfMistake || folded.length < longForTwo) return null;
  return findLike(index, folded, { allowed: 1, least: count * leastTimesAsMany });
}

/** "outlookcalendar" → "outlook calendar" */
function findSplit(index: SearchIndex, folded: string): Correction | null {
  let best: { text: string; count: number } | null = null;
  for (let at = 3; at <= folded.length - 3; at += 1) {
    const [left, right] = [folded.slice(0, at), folded.slice(at)];
    const count = Math.min(countWord(index, left), countWord(index, right));
    if (count > (best?.count ?? 0)) best = { text: `${left} ${right}`, count };
  }
  return best && { text: best.text, replacesNext: false };
}

/** The nearest word that begins with the same letter; of several as near the one in most documents. */
function findLike(
  index: SearchIndex,
  folded: string,
  { allowed, least } = { allowed: folded.length >= longForTwo ? 2 : 1, least: 1 },
): Correction | null {
  let best: { text: string; distance: number; count: number } | null = null;
  for (const { segment } of index.parts) {
    const initial = folded.slice(0, 1);
    for (let place = findWordPlace(segment, initial); place < segment.wordOrder.length; place += 1) {
      const surface = segment.wordOrder[place] ?? 0;
      const length = (segment.surfaces.starts[surface + 1] ?? 0) - (segment.surfaces.starts[surface] ?? 0);
      const word = Math.abs(length - folded.length) <= allowed * 2 ? readWord(segment, place) : '';
      if (word === '' ? isPast(segment, place, initial) : !word.startsWith(initial)) break;
      const distance = word === '' ? allowed + 1 : measureDistance(folded, word, allowed);
      if (distance > Math.min(allowed, best?.distance ?? allowed)) continue;
      const count = countWord(index, word);
      if (count < least) continue;
      if (!best || distance < best.distance || count > best.count) best = { text: word, distance, count };
    }
  }
  return best && { text: best.text, replacesNext: false };
}

function isPast(segment: Segment, place: number, initial: string): boolean {
  return !readWord(segment, place).startsWith(initial);
}

/** In how many documents a word is, over all languages. */
function countWord(index: SearchIndex, folded: string): number {
  return index.languages.reduce(
    (sum, { analyser, parts }) => sum + countTerm(parts, analyser.analyse(folded).terms[0] ?? ''),
    0,
  );
}

function countTerm(parts: readonly IndexPart[], term: string): number {
  return parts.reduce((sum, { segment }) => sum + (segment.frequencies[findTerm(segment, term)] ?? 0), 0);
}

/** Only where it stands alone, in any case of letters. */
function replaceWord(query: string, wrong: string, right: string): string {
  const escaped = wrong.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
  return query.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu'), right);
}

/**
 * How many letters have to be put in, left out, exchanged or swapped with their neighbour (optimal string alignment);
 * `most + 1` as soon as it is more than `most`.
 */
function measureDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwapped) distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}
