import type { Block } from '../document.ts';
import type { ChangedSpot, LoneSentence } from './changed-spots.ts';
import { type ContentWord, readContentWords } from './content-words.ts';

export function isPlain(word: ContentWord): boolean {
  return word.class === 'plain' && !word.isName;
}

/**
 * A value, a command, a path, the name of a control: what a reader types, clicks or compares. What is written with a
 * capital names a control where something is to be done with it.
 */
export function isFact(word: ContentWord, { marked, isInstruction }: Surroundings): boolean {
  if (word.class === 'technical' || word.class === 'number') return true;
  return word.class === 'plain' && (marked.has(word.key) || (word.isName && isInstruction));
}

/** What tells more about a word: what its block sets off, and whether its sentence tells to do something. */
type Surroundings = { readonly marked: ReadonlySet<string>; readonly isInstruction: boolean };

function surroundingsOf({ block, words }: LoneSentence): Surroundings {
  const isInstruction = words.some((word) => word.class === 'plain' && instructions.has(word.key));
  return { marked: markedWords(block), isInstruction };
}

const instructions: ReadonlySet<string> = new Set(
  readContentWords('select click open navigate enter type switch').map((word) => word.key),
);

function markedWords(block: Block): ReadonlySet<string> {
  if (block.marks.length === 0) return new Set();
  return new Set(block.marks.flatMap((mark) => readContentWords(mark.text)).map((word) => word.key));
}

/** Words of sentences that are new by half or more. */
export function countFresh(sentences: readonly LoneSentence[]): number {
  return countResidue(
    sentences.filter(({ residue, words }) => residue.length * 2 >= words.length && words.length > 2),
  );
}

export type Balance = { gain: number; loss: number; swap: number };

type WordTest = (word: ContentWord, around: Surroundings) => boolean;

/** What came without anything going at the same spot, the reverse, and what took the place of something. */
export function balanceSpots(spots: readonly ChangedSpot[], test: WordTest): Balance {
  const balance: Balance = { gain: 0, loss: 0, swap: 0 };
  const count = (sentences: readonly LoneSentence[]) =>
    sentences.filter(isTelling).reduce((sum, sentence) => {
      const around = surroundingsOf(sentence);
      return sum + sentence.residue.filter((word) => test(word, around)).length;
    }, 0);
  for (const spot of spots) {
    const gained = count(spot.came);
    const lost = count(spot.gone);
    balance.gain += Math.max(0, gained - lost);
    balance.loss += Math.max(0, lost - gained);
    balance.swap += Math.min(gained, lost);
  }
  return balance;
}

export function isTelling(sentence: LoneSentence): boolean {
  return sentence.role === 'plain' && sentence.residue.length > 0;
}

/** Only a "not" came or went: the sentence says the opposite now. */
export function isFlipped({ residue }: LoneSentence): boolean {
  return residue.every((word) => word.class === 'negation');
}

export function isReference(sentence: LoneSentence): boolean {
  return sentence.role === 'reference' && sentence.residue.length > 0;
}

export function countNewProducts(sentences: readonly LoneSentence[], known: ReadonlySet<string>): number {
  const products = sentences.flatMap((one) => one.residue).filter((word) => word.class === 'product');
  return new Set(products.map((word) => word.key).filter((key) => !known.has(key))).size;
}

export function countResidue(sentences: readonly LoneSentence[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.residue.length, 0);
}

export function countUnknown(sentences: readonly LoneSentence[], vocabulary: ReadonlySet<string>): number {
  const unknown = new Set<string>();
  for (const sentence of sentences) {
    for (const word of sentence.residue) if (!vocabulary.has(word.key)) unknown.add(word.key);
  }
  return unknown.size;
}
