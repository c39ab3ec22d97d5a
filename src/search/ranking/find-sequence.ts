import type { Segment } from '../index/segment.ts';

/** Tells of blocks whether the terms stand in them in this order, next to each other. */
export type SequenceFinder = { find(terms: readonly number[]): (block: number) => boolean };

/** Blocks are read once for each sequence, however many documents share them. */
export function createSequenceFinder(segment: Segment): SequenceFinder {
  let words = new Uint32Array(1024);
  let count = 0;

  /** Writes the terms of a block's words into `words`. */
  function readTerms(block: number): void {
    const { blockBytes, blockStarts, surfaceTermStarts, surfaceTerms } = segment;
    const end = blockStarts[block + 1] ?? 0;
    let at = blockStarts[block] ?? 0;
    // A surface takes a byte at least; few have more than one term.
    if (words.length < (end - at) * 2) words = new Uint32Array((end - at) * 4);
    count = 0;
    while (at < end) {
      let byte = blockBytes[at++] as number; // within bounds: `at` is below `end`
      let surface = byte & 0x7f;
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = blockBytes[at++] as number;
        surface |= (byte & 0x7f) << shift;
      }
      const last = surfaceTermStarts[surface + 1] as number; // a surface of this segment
      for (let index = surfaceTermStarts[surface] as number; index < last; index += 1) {
        words[count] = surfaceTerms[index] as number;
        count += 1;
      }
    }
  }

  return {
    find(terms) {
      const known = new Uint8Array(segment.blockStarts.length);
      const first = terms[0];
      return (block) => {
        const answer = known[block] ?? 0;
        if (answer !== 0) return answer === 2;
        readTerms(block);
        let isFound = false;
        for (let at = 0; at + terms.length <= count && !isFound; at += 1) {
          isFound = words[at] === first && terms.every((term, index) => words[at + index] === term);
        }
        known[block] = isFound ? 2 : 1;
        return isFound;
      };
    },
  };
}
