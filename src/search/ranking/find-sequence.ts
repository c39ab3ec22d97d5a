import { addBit, type Bits, countBits, createBits, forEachBit } from '../index/bits.ts';
import type { Segment } from '../index/segment.ts';

/** Finds documents that have terms in this order, next to each other, in one of their texts. */
export type SequenceFinder = {
  /** Among `candidates`, in the texts whose place `isInScope` accepts. */
  find(terms: readonly number[], candidates: Bits, isInScope: (place: number) => boolean): Bits;
};

/** From so many documents on it pays to pass over texts without the rarest term before their words are compared. */
const manyDocuments = 64;

/** Each text is read once for a sequence, however many documents share it. */
export function createSequenceFinder(segment: Segment): SequenceFinder {
  let words = new Uint32Array(1024);
  /** For each text what was found: `round * 2`, and 1 more where it has the sequence. Older rounds say nothing. */
  let answers = new Uint32Array(0);
  let round = 0;

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
      const accepted = Uint8Array.from({ length: 256 }, (_, place) => (isInScope(place) ? 1 : 0));
      const rarest = countBits(candidates) < manyDocuments ? null : markRarest(segment, terms);
      if (answers.length === 0) answers = new Uint32Array(segment.blockStarts.length);
      round += 1;
      forEachBit(candidates, (document) => {
        const end = placeStarts[document + 1] as number; // a document of this segment
        for (let at = placeStarts[document] as number; at < end; at += 1) {
          if (accepted[places[at] as number] === 0) continue;
          const block = placeBlocks[at] as number;
          if ((answers[block] as number) >>> 1 !== round) {
            const isThere =
              (rarest === null || hasSurface(segment, block, rarest)) && hasSequence(block, terms);
            answers[block] = round * 2 + Number(isThere);
          }
          if (((answers[block] as number) & 1) === 1) {
            addBit(found, document);
            return;
          }
        }
      });
      return found;
    },
  };
}

/** 1 for each surface that has the term which the fewest documents have. */
function markRarest(
  { frequencies, surfaceTermStarts, surfaceTerms }: Segment,
  terms: readonly number[],
): Uint8Array {
  const rarest = terms.reduce((best, term) =>
    (frequencies[term] ?? 0) < (frequencies[best] ?? 0) ? term : best,
  );
  const marks = new Uint8Array(surfaceTermStarts.length);
  let surface = 0;
  for (let at = 0; at < surfaceTerms.length; at += 1) {
    if (surfaceTerms[at] !== rarest) continue;
    while ((surfaceTermStarts[surface + 1] as number) <= at) surface += 1; // the last start is behind all terms
    marks[surface] = 1;
  }
  return marks;
}

/** Whether a text has one of the marked surfaces. */
function hasSurface({ blockBytes, blockStarts }: Segment, block: number, marks: Uint8Array): boolean {
  const end = blockStarts[block + 1] ?? 0;
  let at = blockStarts[block] ?? 0;
  while (at < end) {
    let byte = blockBytes[at++] as number; // within bounds: `at` is below `end`
    let surface = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = blockBytes[at++] as number;
      surface |= (byte & 0x7f) << shift;
    }
    if (marks[surface] === 1) return true;
  }
  return false;
}

function enlarge(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(words.length * 2);
  larger.set(words);
  return larger;
}
