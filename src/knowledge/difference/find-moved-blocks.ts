import type { Block } from '../document.ts';
import { likenTexts, profileText } from './text-likeness.ts';

/** A block without counterpart at its place; `anchor` is that of its section. */
export type LoneBlock = { readonly block: Block; readonly anchor: string };

const leastLikeness = 0.75;
const leastWords = 6;
const leastLettersOfEqual = 12;
const maxPairsToWeigh = 3600;

/**
 * Finds blocks that left one place and turned up at another: equal ones first, then those that were also edited.
 * Too short ones are left alone: "Select OK." is at home everywhere. Gives indices of removed → added.
 */
export function findMovedBlocks(
  removed: readonly LoneBlock[],
  added: readonly LoneBlock[],
): Map<number, number> {
  const moved = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (from: number, to: number) => {
    moved.set(from, to);
    taken.add(to);
  };
  const placesByText = new Map<string, number[]>();
  added.forEach(({ block }, index) => {
    const places = placesByText.get(block.text);
    if (places === undefined) placesByText.set(block.text, [index]);
    else places.push(index);
  });
  removed.forEach(({ block }, index) => {
    if (block.text.length < leastLettersOfEqual) return;
    const place = placesByText.get(block.text)?.shift();
    if (place !== undefined) pair(index, place);
  });
  if (removed.length * added.length > maxPairsToWeigh) return moved;
  const profiles = added.map(({ block }) => profileText(block.text));
  removed.forEach(({ block }, index) => {
    if (moved.has(index) || block.kind === 'image') return;
    const profile = profileText(block.text);
    if (profile.wordCount < leastWords) return;
    let best = { place: -1, likeness: 0 };
    profiles.forEach((other, place) => {
      if (taken.has(place) || other.wordCount < leastWords) return;
      const likeness = likenTexts(profile, other);
      if (likeness >= leastLikeness && likeness > best.likeness) best = { place, likeness };
    });
    if (best.place >= 0) pair(index, best.place);
  });
  return moved;
}
