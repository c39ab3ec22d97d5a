import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { WordTable } from '../index/word-table.ts';
import type { Plan } from './plan.ts';
import type { WordUnit } from './read-units.ts';

/** More words are asked for in another way (compile-query.ts). */
export const mostPlainWords = 4;

/** Reads queries of a few plain words, which nearly all are, as numbers of conditions and without making objects. */
export type PlainQueryReader = {
  /** The conditions by number: what a document has to fulfil for one word. */
  readonly conditions: readonly Plan[];
  /**
   * Writes the conditions of a query, all of which a document has to fulfil; returns how many. -1 where the query is
   * anything but plain words.
   */
  read(query: string, into: Uint32Array): number;
};

/** What is known of a word: the number of its condition, or why it has none. */
type KnownWord = { readonly condition: number; readonly term: string; readonly beginsName: boolean };
/** Not asked for where there are other words. */
const weak = -1;
const notPlain = -2;

export function createPlainQueryReader(
  analyser: TextAnalyser,
  { readWord, planUnit }: { readWord: (text: string) => WordUnit | null; planUnit: (unit: WordUnit) => Plan },
): PlainQueryReader {
  const table = new WordTable();
  const words: KnownWord[] = [];
  const conditions: Plan[] = [];
  const numbers = new Map<Plan, number>();
  const found: KnownWord[] = [];

  function know(text: string): KnownWord {
    const unit = readWord(text);
    const term = unit?.words[0] ?? '';
    const beginsName = analyser.names.beginsLonger(term);
    if (!unit || (unit.kind !== 'word' && unit.kind !== 'name'))
      return { condition: notPlain, term, beginsName };
    if (unit.weight !== 'full') return { condition: weak, term, beginsName };
    const plan = planUnit(unit);
    let condition = numbers.get(plan);
    if (condition === undefined) {
      condition = conditions.length;
      conditions.push(plan);
      numbers.set(plan, condition);
    }
    return { condition, term, beginsName };
  }

  function findWord(query: string, start: number, end: number, hash: number): KnownWord {
    const number = table.idOf(query, start, end, hash);
    let word = words[number];
    if (!word) {
      word = know(query.slice(start, end));
      words[number] = word;
    }
    return word;
  }

  return {
    conditions,
    read(query, into) {
      found.length = 0;
      let start = 0;
      let hash = 0;
      for (let at = 0; at <= query.length; at += 1) {
        const code = at === query.length ? space : query.charCodeAt(at);
        if ((code >= firstLetter && code <= lastLetter) || (code >= firstDigit && code <= lastDigit)) {
          hash = (Math.imul(hash, 31) + code) | 0;
          continue;
        }
        if (code !== space || at === start || found.length === mostPlainWords) return -1;
        const word = findWord(query, start, at, hash);
        if (word.condition === notPlain) return -1;
        found.push(word);
        start = at + 1;
        hash = 0;
      }
      if (found.length > 1 && found.some(({ beginsName }) => beginsName)) {
        const names = analyser.names.findLongest(found.map(({ term }) => term));
        if (names.some(({ length }) => length > 1)) return -1;
      }
      // Of nothing but weak words each is asked for: that is no plain query.
      return writeDistinct(found, into) || -1;
    },
  };
}

const space = 32;
const firstDigit = 48;
const lastDigit = 57;
const firstLetter = 97;
const lastLetter = 122;

function writeDistinct(words: readonly KnownWord[], into: Uint32Array): number {
  let count = 0;
  for (const { condition } of words) {
    let isKnown = condition === weak;
    for (let at = 0; at < count; at += 1) if (into[at] === condition) isKnown = true;
    if (isKnown) continue;
    into[count] = condition;
    count += 1;
  }
  return count;
}
