import type { Document } from '../document.ts';
import type { ChangedSpot, LoneSentence } from './changed-spots.ts';
import type { ContentWord } from './content-words.ts';
import { readVocabulary, sentenceKey } from './vocabulary.ts';

/**
 * Sets off what went against what came and leaves in each sentence the words without counterpart: sentences that say
 * the same cancel wherever they stand, those that the other document has anyway fall away, then words within a spot
 * cancel, then words between spots, then misspellings.
 */
export function setOff(spots: readonly ChangedSpot[], before: Document, after: Document): void {
  const gone = spots.flatMap((spot) => spot.gone);
  const came = spots.flatMap((spot) => spot.came);
  cancelSentences(gone, came);
  dropRepeated(gone, after);
  dropRepeated(came, before);
  for (const spot of spots) cancelWords(spot.gone, spot.came);
  cancelWords(gone, came);
  for (const spot of spots) {
    cancelMisspellings(spot.gone, spot.came);
    dropAddresses(spot);
  }
}

/** An address that stood in the text and is behind a link now, or the other way round, is still there. */
function dropAddresses({ gone, came, rows }: ChangedSpot): void {
  const linked = new Set(
    rows
      .flatMap((row) => [...(row.before?.links ?? []), ...(row.after?.links ?? [])])
      .map(({ href }) => bareAddress(href)),
  );
  if (linked.size === 0) return;
  for (const sentence of [...gone, ...came]) {
    sentence.residue = sentence.residue.filter(
      (word) => word.class !== 'technical' || !linked.has(bareAddress(word.key)),
    );
  }
}

function bareAddress(href: string): string {
  return href
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
}

function cancelSentences(gone: readonly LoneSentence[], came: readonly LoneSentence[]): void {
  const keyOf = (sentence: LoneSentence) => sentenceKey(sentence.words.map((word) => word.key));
  const waiting = new Map<string, LoneSentence[]>();
  for (const sentence of gone) {
    sentence.residue = [...sentence.words];
    const key = keyOf(sentence);
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [sentence]);
    else others.push(sentence);
  }
  for (const sentence of came) {
    const counterpart = waiting.get(keyOf(sentence))?.pop();
    sentence.residue = counterpart === undefined ? [...sentence.words] : [];
    if (counterpart !== undefined) counterpart.residue = [];
  }
}

/** A sentence said once more, or once less, says nothing new. */
function dropRepeated(sentences: readonly LoneSentence[], other: Document): void {
  const left = sentences.filter((sentence) => sentence.residue.length > 0);
  if (left.length === 0) return;
  const said = readVocabulary(other).sentences;
  for (const sentence of left) {
    if (said.has(sentenceKey(sentence.words.map((word) => word.key)))) sentence.residue = [];
  }
}

function cancelWords(gone: readonly LoneSentence[], came: readonly LoneSentence[]): void {
  const counts = new Map<string, number>();
  for (const sentence of gone) {
    for (const word of sentence.residue) counts.set(word.key, (counts.get(word.key) ?? 0) + 1);
  }
  const common = new Map<string, number>();
  const take = (from: Map<string, number>, key: string) => {
    const count = from.get(key) ?? 0;
    if (count > 0) from.set(key, count - 1);
    return count > 0;
  };
  for (const sentence of came) {
    sentence.residue = sentence.residue.filter((word) => {
      if (!take(counts, word.key)) return true;
      common.set(word.key, (common.get(word.key) ?? 0) + 1);
      return false;
    });
  }
  if (common.size === 0) return;
  for (const sentence of gone) sentence.residue = sentence.residue.filter((word) => !take(common, word.key));
}

const maxWordsToSpell = 60;

function cancelMisspellings(gone: readonly LoneSentence[], came: readonly LoneSentence[]): void {
  const lost = new Set(gone.flatMap((sentence) => sentence.residue.filter(isSpellable)));
  const found = new Set(came.flatMap((sentence) => sentence.residue.filter(isSpellable)));
  if (lost.size === 0 || found.size === 0 || lost.size + found.size > maxWordsToSpell) return;
  const settled = new Set<ContentWord>();
  for (const word of lost) {
    for (const other of found) {
      if (settled.has(other) || !isMisspelling(word.key, other.key)) continue;
      settled.add(word);
      settled.add(other);
      break;
    }
  }
  if (settled.size === 0) return;
  for (const sentence of [...gone, ...came]) {
    sentence.residue = sentence.residue.filter((word) => !settled.has(word));
  }
}

function isSpellable(word: ContentWord): boolean {
  return word.class === 'plain';
}

/** One letter added, dropped, swapped or changed in a word of four or more; two in a long word. */
function isMisspelling(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < 4) return false;
  if (shorter >= 5 && (one.startsWith(other) || other.startsWith(one))) return true;
  const allowed = shorter >= 8 ? 2 : 1;
  return Math.abs(one.length - other.length) <= allowed && editDistance(one, other) <= allowed;
}

/** Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours. */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + cost,
      );
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwap) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? 0;
}
