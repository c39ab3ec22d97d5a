import { forEachSurface, type Segment } from '../index/segment.ts';

/** Tells of blocks whether the terms stand in them in this order, next to each other. */
export type SequenceFinder = { find(terms: readonly number[]): (block: number) => boolean };

/** Blocks are read once for each sequence, however many documents share them. */
export function createSequenceFinder(segment: Segment): SequenceFinder {
  let words = new Uint32Array(1024);
  let count = 0;

  /** Writes the terms of a block's words into `words`. */
  function readTerms(block: number): void {
    count = 0;
    forEachSurface(segment, block, (surface, isWord) => {
      if (!isWord) return;
      const end = segment.surfaceTermStarts[surface + 1] ?? 0;
      for (let at = segment.surfaceTermStarts[surface] ?? 0; at < end; at += 1) {
        if (count === words.length) {
          const larger = new Uint32Array(words.length * 2);
          larger.set(words);
          words = larger;
        }
        words[count] = segment.surfaceTerms[at] ?? 0;
        count += 1;
      }
    });
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
