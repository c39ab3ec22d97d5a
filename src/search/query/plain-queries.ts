import type { TextAnalyser, WordClass } from '../analysis/text-analyser.ts';
import { GrowingNumbers } from '../index/growing-array.ts';
import { WordTable } from '../index/word-table.ts';
import type { Plan } from './plan.ts';
import type { WordUnit } from './read-units.ts';

/** More words are asked for in another way (compile-query.ts). */
export const mostPlainWords = 4;
const mostCharacters = 256;

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

/**
 * What is known of a word, in one number: that it is more than a plain word, or its condition plus 1 from the third bit
 * on, below it how much it says (a place in `classes`), and in the lowest bit whether a longer name begins with it.
 */
const notPlain = 0;
const classes: readonly WordClass[] = ['full', 'light', 'function'];
const beginsLonger = 1;
const classBits = 0b110;

export function createPlainQueryReader(
  analyser: TextAnalyser,
  { readWord, planUnit }: { readWord: (text: string) => WordUnit | null; planUnit: (unit: WordUnit) => Plan },
): PlainQueryReader {
  const table = new WordTable();
  /** By the number of the word in the table. */
  const knowledge = new GrowingNumbers();
  const terms: string[] = [];
  const conditions: Plan[] = [];
  const numbers = new Map<Plan, number>();
  /** The words of the query at hand, and what is known of each. */
  const found = new Uint32Array(mostPlainWords);
  const facts = new Uint32Array(mostPlainWords);
  const spelled = { text: '', characters: new Uint16Array(mostCharacters) };

  function learn(text: string): number {
    const unit = readWord(text);
    const term = unit?.words[0] ?? '';
    terms.push(term);
    if (!unit || (unit.kind !== 'word' && unit.kind !== 'name')) return notPlain;
    const condition = numberCondition(planUnit(unit)) + 1;
    const longer = analyser.names.beginsLonger(term) ? beginsLonger : 0;
    return (condition << 3) | (classes.indexOf(unit.weight) << 1) | longer;
  }

  function numberCondition(plan: Plan): number {
    let condition = numbers.get(plan);
    if (condition === undefined) {
      condition = conditions.push(plan) - 1;
      numbers.set(plan, condition);
    }
    return condition;
  }

  /** The number of a word, and what is known of it is known then. */
  function findWord(start: number, end: number, hash: number): number {
    const word = table.idOf(spelled, start, end, hash);
    if (word === knowledge.length) {
      knowledge.push(notPlain);
      knowledge.set(word, learn(spelled.text.slice(start, end)));
    }
    return word;
  }

  /** Whether two or more of the words together are a name. */
  function namesSomething(count: number): boolean {
    for (let at = 0; at + 1 < count; at += 1) {
      const word = found[at] as number; // filled so far, as is the next
      if (((facts[at] as number) & beginsLonger) === 0) continue;
      if (analyser.names.beginsWith(terms[word] ?? '', terms[found[at + 1] as number] ?? '')) {
        const names = analyser.names.findLongest(
          Array.from(found.subarray(0, count), (each) => terms[each] ?? ''),
        );
        return names.some(({ length }) => length > 1);
      }
    }
    return false;
  }

  /** Words that say less are not asked for where there are others. */
  function writeDistinct(count: number, into: Uint32Array): number {
    let most = classBits;
    for (let at = 0; at < count; at += 1) most = Math.min(most, (facts[at] as number) & classBits); // filled so far
    let written = 0;
    for (let at = 0; at < count; at += 1) {
      const fact = facts[at] as number; // filled so far
      if ((fact & classBits) !== most) continue;
      const condition = (fact >>> 3) - 1;
      let before = 0;
      while (before < written && into[before] !== condition) before += 1;
      if (before < written) continue;
      into[written] = condition;
      written += 1;
    }
    return written;
  }

  return {
    conditions,
    read(query, into) {
      if (query.length > mostCharacters) return -1;
      spelled.text = query;
      const { characters } = spelled;
      let count = 0;
      let start = 0;
      let hash = 0;
      let mayName = 0;
      for (let at = 0; at <= query.length; at += 1) {
        const code = at === query.length ? space : query.charCodeAt(at);
        if ((code >= firstLetter && code <= lastLetter) || (code >= firstDigit && code <= lastDigit)) {
          hash = (Math.imul(hash, 31) + code) | 0;
          characters[at] = code;
          continue;
        }
        if (code !== space || at === start || count === mostPlainWords) return -1;
        const word = findWord(start, at, hash);
        const fact = knowledge.at(word);
        if (fact === notPlain) return -1;
        found[count] = word;
        facts[count] = fact;
        mayName |= fact & beginsLonger;
        count += 1;
        start = at + 1;
        hash = 0;
      }
      return mayName !== 0 && namesSomething(count) ? -1 : writeDistinct(count, into);
    },
  };
}

const space = 32;
const firstDigit = 48;
const lastDigit = 57;
const firstLetter = 97;
const lastLetter = 122;
