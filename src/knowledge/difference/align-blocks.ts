import type { Block } from '../document.ts';
import { alignSequences } from './align-sequences.ts';
import { likenTexts, profileText, type TextProfile } from './text-likeness.ts';

/** Indices of two blocks that are the same one, edited or not; null on a side: it has no counterpart. */
export type BlockPair = { readonly before: number | null; readonly after: number | null };

/** From this likeness on two blocks at the same spot are one block that was edited. */
const leastLikeness = 0.4;
const maxPairsToWeigh = 3600;

/** Pairs the blocks of a section with those of its later self, in reading order of both. */
export function alignBlocks(before: readonly Block[], after: readonly Block[]): BlockPair[] {
  const matches = alignSequences(before.map(keyOf), after.map(keyOf));
  const pairs: BlockPair[] = [];
  let atBefore = 0;
  let atAfter = 0;
  for (const match of [...matches, { before: before.length, after: after.length, length: 0 }]) {
    const gapBefore = before.slice(atBefore, match.before);
    const gapAfter = after.slice(atAfter, match.after);
    for (const pair of alignGap(gapBefore, gapAfter)) {
      pairs.push({
        before: pair.before === null ? null : pair.before + atBefore,
        after: pair.after === null ? null : pair.after + atAfter,
      });
    }
    for (let step = 0; step < match.length; step++) {
      pairs.push({ before: match.before + step, after: match.after + step });
    }
    atBefore = match.before + match.length;
    atAfter = match.after + match.length;
  }
  return pairs;
}

/** An image is told by its target too: many have the same poor alt text. */
function keyOf(block: Block): string {
  return block.kind === 'image' ? `${block.text}\n${block.links[0]?.href ?? ''}` : block.text;
}

/** The pairing in order with the greatest sum of likeness (as Needleman and Wunsch align sequences). */
function alignGap(before: readonly Block[], after: readonly Block[]): BlockPair[] {
  const removed = (index: number): BlockPair => ({ before: index, after: null });
  const added = (index: number): BlockPair => ({ before: null, after: index });
  if (before.length === 0 || after.length === 0 || before.length * after.length > maxPairsToWeigh) {
    return [...before.map((_, index) => removed(index)), ...after.map((_, index) => added(index))];
  }
  const likeness = weigh(before, after);
  const width = after.length + 1;
  const best = new Float64Array((before.length + 1) * width);
  const cell = (row: number, column: number) => best[row * width + column] ?? 0;
  const worth = (row: number, column: number) => likeness[row * after.length + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const paired = worth(row, column) > 0 ? worth(row, column) + cell(row + 1, column + 1) : 0;
      best[row * width + column] = Math.max(paired, cell(row + 1, column), cell(row, column + 1));
    }
  }
  const pairs: BlockPair[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const isInside = row < before.length && column < after.length;
    if (
      isInside &&
      worth(row, column) > 0 &&
      cell(row, column) === worth(row, column) + cell(row + 1, column + 1)
    ) {
      pairs.push({ before: row++, after: column++ });
    } else if (row < before.length && cell(row, column) === cell(row + 1, column)) {
      pairs.push(removed(row++));
    } else {
      pairs.push(added(column++));
    }
  }
  return pairs;
}

/** Likeness of all pairs, 0 where it is too small for one to be the other, row by row. */
function weigh(before: readonly Block[], after: readonly Block[]): Float64Array {
  const profilesBefore = before.map((block) => profileText(block.text));
  const profilesAfter = after.map((block) => profileText(block.text));
  const likeness = new Float64Array(before.length * after.length);
  before.forEach((block, row) => {
    after.forEach((other, column) => {
      const one = profilesBefore[row];
      const two = profilesAfter[column];
      if (one === undefined || two === undefined) return;
      const value = likenBlocks({ block, profile: one }, { block: other, profile: two });
      if (value >= leastLikeness) likeness[row * after.length + column] = value;
    });
  });
  return likeness;
}

type ProfiledBlock = { readonly block: Block; readonly profile: TextProfile };

function likenBlocks(one: ProfiledBlock, other: ProfiledBlock): number {
  const isImage = one.block.kind === 'image';
  if (isImage !== (other.block.kind === 'image')) return 0;
  const likeness = likenTexts(one.profile, other.profile);
  // A screenshot at the spot of another one replaces it, whatever their descriptions say.
  return isImage ? Math.max(likeness, leastLikeness) : likeness;
}
