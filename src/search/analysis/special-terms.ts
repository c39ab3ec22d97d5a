import { formatErrorCode, parseErrorCode } from '../../knowledge/identifiers/error-codes.ts';
import { canonicalKbNumber } from '../../knowledge/identifiers/kb-numbers.ts';
import { foldCase } from './analyse-word.ts';
import type { ScannedWords } from './scan-text.ts';

// Terms that stand for more than a word as written begin with `=`, which no word does.

/** The term of an error code, whatever its spelling. */
export const codeTerm = (code: number): string => `=c${formatErrorCode(code).slice(2).toLowerCase()}`;
/** The term of a mention of a knowledge base number (canonical, `KB910336`). */
export const kbTerm = (kbNumber: string): string => `=k${kbNumber.slice(2)}`;
/** The term of an id that the vendor gave the article itself. */
export const ownIdTerm = (id: string): string => `=i${id.toLowerCase()}`;
/** The term of any of the names that mean the same; `key` names the group. */
export const nameTerm = (key: string): string => `=n${key}`;

/** A run of words, `first` to `last` inclusive, that also stands for a term of its own. */
export type SpecialTerm = { readonly term: string; readonly first: number; readonly last: number };

/** Longer runs (URLs, GUID lists) are found by their parts. */
const maxWholeLength = 80;

/**
 * Compounds as a whole (`set-mailbox`, `5.7.1`, `error_file_not_found`), error codes and knowledge base numbers.
 * Hyphens are left out of the whole, so that `e-mail` is `email`.
 */
export function findSpecialTerms(
  text: string,
  words: ScannedWords,
  stemWhole: (folded: string) => string,
): readonly SpecialTerm[] {
  let found: SpecialTerm[] | null = null;
  let runStart = 0;
  for (let at = 0; at < words.count; at += 1) {
    if (!words.joined[at]) runStart = at;
    const isRunEnd = at + 1 === words.count || !words.joined[at + 1];
    if (isRunEnd && at > runStart) {
      found ??= [];
      addWhole(found, text, words, { first: runStart, last: at }, stemWhole);
    }
    if (words.numeric[at]) {
      found ??= [];
      addIdentifiers(found, text, words, at);
    }
  }
  return found ?? none;
}

const none: readonly SpecialTerm[] = [];

function addWhole(
  found: SpecialTerm[],
  text: string,
  words: ScannedWords,
  run: { first: number; last: number },
  stemWhole: (folded: string) => string,
): void {
  const start = words.starts[run.first] ?? 0;
  const end = words.ends[run.last] ?? start;
  if (end - start > maxWholeLength) return;
  const whole = foldCase(text.slice(start, end)).replaceAll(/[-\u2010\u2011]/g, '');
  found.push({ term: /^\p{L}+$/u.test(whole) ? stemWhole(whole) : whole, ...run });
}

function addIdentifiers(found: SpecialTerm[], text: string, words: ScannedWords, at: number): void {
  const start = words.starts[at] ?? 0;
  const word = text.slice(start, words.ends[at]);
  const code = readCode(text, word, start, words.joined[at] === 1);
  if (code !== null) found.push({ term: codeTerm(code), first: at, last: at });
  const kb = readKbNumber(text, word, start);
  if (kb) found.push({ term: kbTerm(kb.number), first: kb.isPrefixed && at > 0 ? at - 1 : at, last: at });
}

function readCode(text: string, word: string, start: number, isJoined: boolean): number | null {
  if (/^\d+$/.test(word)) {
    if (word.length < 8 || word.length > 10) return null;
    const isNegative = !isJoined && /[-\u2010\u2011\u2212]/.test(text[start - 1] ?? '');
    if (isNegative) return parseErrorCode(`-${word}`);
    // Eight decimal digits alone are a date or a registry value as often as a code.
    return word.length === 8 && !/^[89]/.test(word) ? null : parseErrorCode(word);
  }
  return word.length === 8 || /^0x/i.test(word) ? parseErrorCode(word) : null;
}

function readKbNumber(
  text: string,
  word: string,
  start: number,
): { number: string; isPrefixed: boolean } | null {
  if (/^(?:kb|q)\d{5,7}$/i.test(word)) {
    const number = canonicalKbNumber(word);
    return number === null ? null : { number, isPrefixed: false };
  }
  if (!/^\d{5,7}$/.test(word)) return null;
  const before = text.slice(Math.max(0, start - 16), start);
  const isPrefixed = /(?:^|[^\p{L}\p{N}])(?:kb|q)[\s#:\u00a0-]{0,2}$/iu.test(before);
  if (!isPrefixed && !/\/(?:kb|help)\/(?:[a-z]{2}-[a-z]{2}\/)?$/i.test(before)) return null;
  const number = canonicalKbNumber(word);
  return number === null ? null : { number, isPrefixed };
}
