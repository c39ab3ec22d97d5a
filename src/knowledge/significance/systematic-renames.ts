import { compareWords } from '../difference/compare-words.ts';
import type { DocumentDifference, Piece } from '../difference/document-difference.ts';

/** A name that the same other name took the place of, all over an article. */
export type SystematicRename = { readonly before: string; readonly after: string; readonly count: number };

/**
 * Finds names for which another name was put in at several places, a single word at three or more: however it is called, the thing is the same.
 * Names begin with a capital and have no digits or signs of code in them: a version is no name.
 */
export function findSystematicRenames(difference: DocumentDifference): SystematicRename[] {
  const counts = new Map<string, SystematicRename>();
  const count = (pieces: readonly Piece[]) => {
    pieces.forEach((piece, index) => {
      const next = pieces[index + 1];
      if (piece.state !== 'removed' || next?.state !== 'added') return;
      const before = foldName(piece.text);
      const after = foldName(next.text);
      if (!isName(before) || !isName(after)) return;
      const key = renameKey(before, after);
      counts.set(key, { before, after, count: (counts.get(key)?.count ?? 0) + 1 });
    });
  };
  for (const fact of difference.facts) {
    if (fact.name === 'title') count(compareWords(fact.before[0] ?? '', fact.after[0] ?? ''));
  }
  for (const section of difference.sections) {
    if (section.state === 'same') continue;
    count(section.heading);
    for (const row of section.blocks) if (row.state !== 'same' && !isMovedAway(row)) count(row.pieces);
  }
  return [...counts.values()].filter((rename) => rename.count >= leastCountOf(rename));
}

function leastCountOf({ before, after }: SystematicRename): number {
  return before.includes(' ') || after.includes(' ') ? 2 : 3;
}

function isMovedAway(row: { state: string; moved: unknown }): boolean {
  return row.state === 'removed' && row.moved !== null;
}

export function renameKey(before: string, after: string): string {
  return `${foldName(before)}\n${foldName(after)}`;
}

function foldName(text: string): string {
  return text.replace(/^[\s"'“”‘’*.,:;()]+|[\s"'“”‘’*.,:;()]+$/g, '').replace(/^(?:an?|the) /i, '');
}

function isName(text: string): boolean {
  return /^\p{Lu}/u.test(text) && text.length >= 3 && text.length <= 60 && /^[\p{L}\s&'-]+$/u.test(text);
}
