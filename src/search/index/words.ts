import type { Segment } from './segment.ts';
import { compareByCodePoints, readString } from './string-table.ts';

/** The words of a segment in alphabetical order, without regard to case. */
export function readWord(segment: Segment, place: number): string {
  return readString(segment.surfaces, segment.wordOrder[place] ?? 0).toLowerCase();
}

/** The first place in the alphabetical order whose word is not before the text (folded). */
export function findWordPlace(segment: Segment, folded: string): number {
  let low = 0;
  let high = segment.wordOrder.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareByCodePoints(readWord(segment, middle), folded) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first terms of all words that begin so, each once. */
export function findWordsFrom(segment: Segment, folded: string): number[] {
  const terms = new Set<number>();
  for (let place = findWordPlace(segment, folded); place < segment.wordOrder.length; place += 1) {
    if (!readWord(segment, place).startsWith(folded)) break;
    const surface = segment.wordOrder[place] ?? 0;
    terms.add(segment.surfaceTerms[segment.surfaceTermStarts[surface] ?? 0] ?? 0);
  }
  return [...terms];
}
