import type { Passage } from '../change.ts';
import type { BlockDifference } from '../difference/document-difference.ts';
import type { ChangedSpot } from './changed-spots.ts';
import type { WordClass } from './content-words.ts';

const maxChars = 400;

/** What a fact is worth when the passage that tells most is looked for. */
const worths: Readonly<Record<WordClass, number>> = {
  plain: 1,
  product: 1,
  modal: 1,
  negation: 2,
  number: 2,
  technical: 3,
};

/** The edited block in which most came, went or was replaced, before and after; null where only facts changed. */
export function findDecisivePassage(spots: readonly ChangedSpot[]): Passage | null {
  let best: { row: BlockDifference; worth: number } | null = null;
  for (const { rows, gone, came } of spots) {
    for (const row of rows) {
      const left = [...gone, ...came].filter(
        ({ block, role }) => role === 'plain' && (block === row.before || block === row.after),
      );
      const worth = left.flatMap(({ residue }) => residue).reduce((sum, word) => sum + worths[word.class], 0);
      if (worth > (best?.worth ?? 0) || (best === null && row.state === 'changed')) best = { row, worth };
    }
  }
  return best === null ? null : cutPassage(best.row);
}

/** Long blocks are cut to the surroundings of the first difference. */
function cutPassage({ before, after }: BlockDifference): Passage {
  const one = before?.text ?? '';
  const other = after?.text ?? '';
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++;
  return { before: cutText(one, start), after: cutText(other, start) };
}

function cutText(text: string, around: number): string {
  if (text.length <= maxChars) return text;
  const from = around < maxChars / 2 ? 0 : nextWord(text, around - Math.floor(maxChars / 3));
  const to = from + maxChars >= text.length ? text.length : lastWord(text, from + maxChars);
  return `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
}

function nextWord(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 ? from : space + 1;
}

function lastWord(text: string, to: number): number {
  const space = text.lastIndexOf(' ', to);
  return space < 0 ? to : space;
}
