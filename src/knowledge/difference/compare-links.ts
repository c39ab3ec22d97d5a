import type { Block } from '../document.ts';
import { alignSequences } from './align-sequences.ts';
import type { LinkDifference } from './document-difference.ts';

type Link = Block['links'][number];

/** The links that lead elsewhere, are new or are gone; a link that kept its text is the same link. */
export function compareLinks(before: readonly Link[], after: readonly Link[]): LinkDifference[] {
  if (before.length === 0 && after.length === 0) return [];
  const differences: LinkDifference[] = [];
  const matches = alignSequences(before.map(keyOf), after.map(keyOf));
  let atBefore = 0;
  let atAfter = 0;
  for (const match of [...matches, { before: before.length, after: after.length, length: 0 }]) {
    differences.push(...pairUp(before.slice(atBefore, match.before), after.slice(atAfter, match.after)));
    atBefore = match.before + match.length;
    atAfter = match.after + match.length;
  }
  return differences;
}

function keyOf(link: Link): string {
  return `${link.text}\n${link.href}`;
}

/** By equal text first, then by place. */
function pairUp(removed: readonly Link[], added: readonly Link[]): LinkDifference[] {
  const free = [...added];
  const take = (wanted: (link: Link) => boolean) => {
    const index = free.findIndex(wanted);
    return index < 0 ? undefined : free.splice(index, 1)[0];
  };
  const pairs = removed.map((link) => ({ link, other: take((other) => other.text === link.text) }));
  const differences = pairs.map(({ link, other }): LinkDifference => {
    const counterpart = other ?? free.shift();
    return {
      text: counterpart?.text ?? link.text,
      before: link.href,
      after: counterpart?.href ?? null,
    };
  });
  for (const link of free) differences.push({ text: link.text, before: null, after: link.href });
  return differences.filter((difference) => difference.before !== difference.after);
}
