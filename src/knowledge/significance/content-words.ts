import { isSpace, splitWords } from '../difference/split-words.ts';
import {
  commandVerbs,
  emptyWords,
  modals,
  negations,
  numerals,
  sampleNames,
  synonyms,
} from './everyday-words.ts';
import { foldTypography } from './fold-typography.ts';
import { findKnownName, renameBrands } from './known-names.ts';
import { remember } from './remember.ts';

/** What kind of fact a word carries. technical: a command, path, parameter, address, code or name out of a program. */
export type WordClass = 'plain' | 'technical' | 'number' | 'product' | 'negation' | 'modal';

/** A word that carries a fact, in the form in which two spellings of the same are equal. */
export type ContentWord = {
  readonly key: string;
  readonly class: WordClass;
  /** Written with a capital within a sentence: the name of a control, a feature, a person. */
  readonly isName: boolean;
};

/**
 * The facts of a text, word by word: without typography, case, inflection, empty words and synonyms, contractions
 * written out, product names under whatever name as one word.
 */
export function readContentWords(text: string): ContentWord[] {
  const words = renameBrands(splitCompounds(expandContractions(foldTypography(text))));
  const lower = words.map((word) => word.toLowerCase());
  const content: ContentWord[] = [];
  for (let index = 0; index < words.length; ) {
    const name = findKnownName(words, lower, index);
    if (name !== null) {
      content.push({ key: `{${name.meaning}}`, class: 'product', isName: false });
      index += name.length;
      continue;
    }
    const word = classify(words[index] ?? '');
    const isName = index > 0 && /^\p{Lu}\p{Ll}/u.test(words[index] ?? '');
    if (word !== null) content.push({ ...word, isName });
    index++;
  }
  return content;
}

const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\bcan(?:'t| not)\b/gi, 'cannot'],
  [/\bwon't\b/gi, 'not'],
  [/\b(?:isn|aren|wasn|weren|don|doesn|didn|haven|hasn|hadn|wouldn|shouldn|couldn|mustn)'t\b/gi, 'not'],
  [/\b(?:is|are|was|were|be|been) unable to\b/gi, 'cannot'],
  [/\bunable to\b/gi, 'cannot'],
  [/\b(?:is|are|will|would|was|were) not able to\b/gi, 'cannot'],
  [/\bfails? to\b/gi, 'cannot'],
  [/\bno longer\b/gi, 'not'],
  [/\bPro Plus\b/g, 'ProPlus'],
  [/'(?:ll|re|ve|d|s|m)\b/gi, ''],
];

function expandContractions(text: string): string {
  if (!/'|\b(?:can not|unable|able|no longer|fails?|pro plus)\b/i.test(text)) return text;
  let expanded = text;
  for (const [form, plain] of shortForms) expanded = expanded.replace(form, plain);
  return expanded;
}

/** Takes apart what hyphens, slashes and missing spaces join in prose; names out of programs stay whole. */
function splitCompounds(text: string): string[] {
  const words: string[] = [];
  for (const word of splitWords(text)) {
    if (isSpace(word)) continue;
    words.push(...partsOf(word));
  }
  return words;
}

const partsOf = remember((word: string): readonly string[] => {
  if (!/[\p{L}\p{N}]/u.test(word)) return [];
  if (isProseCompound(word)) return word.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (/^\p{L}{2,}\d[\d.]*$/u.test(word)) return word.match(/\p{L}+|\d[\d.]*/gu) ?? [];
  return [word];
});

function isProseCompound(word: string): boolean {
  if (/^\p{L}+(?:\/\p{L}+)+$/u.test(word)) return true;
  if (/^(?:\p{L}+|\d{1,3})(?:-(?:\p{L}+|\d{1,3}))+$/u.test(word)) return !isCommand(word);
  return /^\p{Ll}{2,}[.:]\p{Lu}\p{Ll}+$/u.test(word);
}

function isCommand(word: string): boolean {
  const [verb = '', noun = '', ...more] = word.split('-');
  return more.length === 0 && /^\p{Lu}/u.test(noun) && commandVerbs.has(verb.toLowerCase());
}

const classify = remember((word: string): Omit<ContentWord, 'isName'> | null => {
  const lower = word.toLowerCase();
  if (sampleNames.test(lower)) return null;
  if (/^\d[\d.,:/-]*%?$/.test(word)) return { key: lower.replace(/[.,]+$/, ''), class: 'number' };
  if (isTechnical(word)) return { key: lower.replace(/^https?:\/\//, ''), class: 'technical' };
  const bare = lower.replace(/[^\p{L}\p{N}]+$/u, '');
  if (negations.has(bare)) return { key: 'not', class: 'negation' };
  const numeral = numerals.get(bare);
  if (numeral !== undefined) return { key: numeral, class: 'number' };
  if (emptyWords.has(bare) || bare.length === 1) return null;
  const meaning = foldInflection(synonyms.get(bare) ?? bare);
  if (modals.has(bare)) return { key: meaning, class: 'modal' };
  return { key: synonymsOfStems.get(meaning) ?? meaning, class: 'plain' };
});

/** Commands, paths, parameters, variables, addresses, codes, identifiers. */
function isTechnical(word: string): boolean {
  return (
    /[\\_=@$#~]|\p{L}\d|\d\p{L}|:\/\/|\.\p{L}|^-\p{L}|\w[:.]\w/u.test(word) ||
    isCommand(word) ||
    /\p{Ll}\p{Lu}/u.test(word)
  );
}

/** A light stemmer: enough to see "moved" and "moving" as one; never applied to technical words. */
function foldInflection(word: string): string {
  if (word.length < 4) return word;
  const stem = word
    .replace(/ies$/, 'y')
    .replace(/(?:sses)$/, 'ss')
    .replace(/([^s])s$/, '$1')
    .replace(/(?:ing|ed|ly)$/, (ending, offset: number) => (offset >= 3 ? '' : ending))
    .replace(/([bdfgmnprt])\1$/, '$1')
    .replace(/i$/, 'y');
  return stem.length > 4 ? stem.replace(/e$/, '') : stem;
}

const synonymsOfStems: ReadonlyMap<string, string> = new Map(
  [...synonyms].map(([word, meaning]) => [foldInflection(word), foldInflection(meaning)]),
);
