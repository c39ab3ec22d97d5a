import { isSpace, splitWords } from './split-words.ts';

/** A text as its words and pairs of neighbouring letters, counted, to be likened to many others. */
export type TextProfile = {
  readonly text: string;
  readonly words: ReadonlyMap<string, number>;
  readonly wordCount: number;
};

export function profileText(text: string): TextProfile {
  const words = new Map<string, number>();
  let wordCount = 0;
  for (const word of splitWords(text.toLowerCase())) {
    if (isSpace(word)) continue;
    words.set(word, (words.get(word) ?? 0) + 1);
    wordCount++;
  }
  return { text, words, wordCount };
}

/**
 * How alike two texts are, 0 to 1: the words in common (Dice's coefficient over counted words), or for short texts,
 * where one changed path or value is half of the words, the letter pairs in common at four fifths of their worth.
 */
export function likenTexts(one: TextProfile, other: TextProfile): number {
  if (one.text === other.text) return 1;
  const byWords = dice(one.words, one.wordCount, other.words, other.wordCount);
  if (byWords >= 0.6 || Math.max(one.text.length, other.text.length) > maxLettersForPairs) return byWords;
  if (Math.min(one.text.length, other.text.length) * 4 < Math.max(one.text.length, other.text.length)) {
    return byWords;
  }
  const pairs = countPairs(one.text);
  const otherPairs = countPairs(other.text);
  const byPairs = dice(pairs, one.text.length - 1, otherPairs, other.text.length - 1);
  return Math.max(byWords, 0.8 * byPairs);
}

const maxLettersForPairs = 240;

function countPairs(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  const folded = text.toLowerCase();
  for (let index = 0; index + 1 < folded.length; index++) {
    const pair = folded.slice(index, index + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function dice(
  one: ReadonlyMap<string, number>,
  total: number,
  other: ReadonlyMap<string, number>,
  otherTotal: number,
): number {
  if (total <= 0 || otherTotal <= 0) return 0;
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let common = 0;
  for (const [key, count] of small) common += Math.min(count, large.get(key) ?? 0);
  return (2 * common) / (total + otherTotal);
}
