import { addBit, type Bits, createBits, forEachBit } from '../index/bits.ts';
import type { Segment } from '../index/segment.ts';

/** Finds documents that have terms in this order, next to each other, in one of their texts. */
export type SequenceFinder = {
  /** Among `candidates`, in the texts whose place `isInScope` accepts. */
  find(terms: readonly number[], candidates: Bits, isInScope: (place: number) => boolean): Bits;
};

const unknown = 0;
const absent = 1;
const present = 2;

/** Each text is read once for a sequence, however many documents share it. */
export function createSequenceFinder(segment: Segment): SequenceFinder {
  let words = new Uint32Array(1024);

  /** Writes the terms of a block's words into `words`; how many. */
  function readTerms(block: number): number {
    const { blockBytes, blockStarts, surfaceTermStarts, surfaceTerms } = segment;
    const end = blockStarts[block + 1] ?? 0;
    let at = blockStarts[block] ?? 0;
    let count = 0;
    while (at < end) {
      let byte = blockBytes[at++] as number; // within bounds: `at` is below `end`
      let surface = byte & 0x7f;
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = blockBytes[at++] as number;
        surface |= (byte & 0x7f) << shift;
      }
      const last = surfaceTermStarts[surface + 1] as number; // a surface of this segment
      for (let index = surfaceTermStarts[surface] as number; index < last; index += 1) {
        if (count === words.length) words = enlarge(words);
        words[count++] = surfaceTerms[index] as number;
      }
    }
    return count;
  }

  function hasSequence(block: number, terms: readonly number[]): boolean {
    const first = terms[0] ?? -1;
    const last = readTerms(block) - terms.length;
    for (let at = 0; at <= last; at += 1) {
      if (words[at] !== first) continue;
      let matched = 1;
      while (matched < terms.length && words[at + matched] === terms[matched]) matched += 1;
      if (matched === terms.length) return true;
    }
    return false;
  }

  return {
    find(terms, candidates, isInScope) {
      const { placeStarts, placeBlocks, places } = segment;
      const found = createBits(segment.documentCount);
      const known = new Uint8Array(segment.blockStarts.length);
      const accepted = Uint8Array.from({ length: 256 }, (_, place) => (isInScope(place) ? 1 : 0));
      forEachBit(candidates, (document) => {
        const end = placeStarts[document + 1] as number; // a document of this segment
        for (let at = placeStarts[document] as number; at < end; at += 1) {
          if (accepted[places[at] as number] === 0) continue;
          const block = placeBlocks[at] as number;
          let answer = known[block] as number;
          if (answer === unknown) {
            answer = hasSequence(block, terms) ? present : absent;
            known[block] = answer;
          }
          if (answer === present) {
            addBit(found, document);
            return;
          }
        }
      });
      return found;
    },
  };
}

function enlarge(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(words.length * 2);
  larger.set(words);
  return larger;
}
