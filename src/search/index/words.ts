import type { Segment } from './segment.ts';
import { compareByCodePoints, encodeText, readString } from './string-table.ts';

/** The words of a segment in alphabetical order, without regard to case. */
export function readWord(segment: Segment, place: number): string {
  return readString(segment.surfaces, segment.wordOrder[place] ?? 0).toLowerCase();
}

/** The first place in the alphabetical order whose word is not before the text (folded). */
export function findWordPlace(segment: Segment, folded: string): number {
  const wanted = encodeText(folded);
  let low = 0;
  let high = segment.wordOrder.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareWord(segment, middle, folded, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares byte by byte as far as both are ASCII, which nearly all words are. */
function compareWord(segment: Segment, place: number, folded: string, wanted: Uint8Array): number {
  const { bytes, starts } = segment.surfaces;
  const surface = segment.wordOrder[place] ?? 0;
  const start = starts[surface] ?? 0;
  const length = (starts[surface + 1] ?? 0) - start;
  const shared = Math.min(length, wanted.length);
  for (let at = 0; at < shared; at += 1) {
    const byte = bytes[start + at] ?? 0;
    const other = wanted[at] ?? 0;
    if (byte >= 0x80 || other >= 0x80) return compareByCodePoints(readWord(segment, place), folded);
    const difference = (byte >= 65 && byte <= 90 ? byte + 32 : byte) - other;
    if (difference !== 0) return difference;
  }
  return length - wanted.length;
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
