import type { BlockDifference } from './document-difference.ts';

/** Blocks to show, or how many unchanged ones are left out between them. */
export type FoldedBlocks =
  | { readonly kind: 'shown'; readonly block: BlockDifference }
  | { readonly kind: 'folded'; readonly blocks: readonly BlockDifference[] };

/**
 * Leaves out unchanged blocks that are further than `context` blocks from a change. A fold that would hide a single
 * block is not worth its line.
 */
export function foldUnchanged(blocks: readonly BlockDifference[], context = 1): FoldedBlocks[] {
  const isNear = new Array<boolean>(blocks.length).fill(false);
  blocks.forEach((block, index) => {
    if (block.state === 'same') return;
    isNear.fill(true, Math.max(0, index - context), Math.min(blocks.length, index + context + 1));
  });
  const folded: FoldedBlocks[] = [];
  let hidden: BlockDifference[] = [];
  const flush = () => {
    const [only] = hidden;
    if (hidden.length === 1 && only !== undefined) folded.push({ kind: 'shown', block: only });
    else if (hidden.length > 1) folded.push({ kind: 'folded', blocks: hidden });
    hidden = [];
  };
  blocks.forEach((block, index) => {
    if (isNear[index] !== true) {
      hidden.push(block);
      return;
    }
    flush();
    folded.push({ kind: 'shown', block });
  });
  flush();
  return folded;
}
