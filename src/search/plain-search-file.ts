import { type Bits, intersect, isEmpty } from './index/bits.ts';
import { GrowingNumbers } from './index/growing-array.ts';
import { mostPlainWords, type PlainQueryReader } from './query/plain-queries.ts';
import type { Plan } from './query/plan.ts';
import type { PlanEvaluator } from './ranking/evaluate-plan.ts';

/**
 * Saved searches of a few plain words, as numbers in arrays: there may be a million. Each is filed under that one of
 * its conditions that had the fewest when it came.
 */
export type PlainSearchFile = {
  /** Files a query under a number of the caller's; false where it is not plain. */
  add(number: number, query: string): boolean;
  remove(number: number): void;
  match(evaluator: PlanEvaluator, onMatch: (number: number, document: number) => void): void;
  /** The documents that the search finds; null where there is no such search. */
  matchOne(number: number, evaluator: PlanEvaluator): Bits | null;
};

const none = 0xffffffff;

// A search is a record of numbers that lie together: the record that was filed under the same condition before it, the
// number of the caller's (`none` once it is removed), how many conditions it has, and those.
const earlierAt = 0;
const numberAt = 1;
const countAt = 2;
const conditionsAt = 3;

export function createPlainSearchFile(reader: PlainQueryReader, active: Plan): PlainSearchFile {
  const records = new GrowingNumbers();
  /** For each condition the record filed last, and how many there are. */
  const heads = new GrowingNumbers();
  const burdens = new GrowingNumbers();
  /** The record of each number of the caller's. */
  const recordOf = new GrowingNumbers();
  const room = new Uint32Array(mostPlainWords);

  function findLightest(count: number): number {
    let best = room[0] ?? 0;
    for (let at = 1; at < count; at += 1) {
      const condition = room[at] ?? 0;
      if (burdens.at(condition) < burdens.at(best)) best = condition;
    }
    return best;
  }

  const findRecord = (number: number) => (number < recordOf.length ? recordOf.at(number) : none);

  return {
    add(number, query) {
      const count = reader.read(query, room);
      if (count < 0) return false;
      while (heads.length < reader.conditions.length) {
        heads.push(none);
        burdens.push(0);
      }
      while (recordOf.length <= number) recordOf.push(none);
      const record = records.length;
      const condition = findLightest(count);
      records.push(heads.at(condition));
      records.push(number);
      records.push(count);
      for (let at = 0; at < count; at += 1) records.push(room[at] ?? 0);
      heads.set(condition, record);
      burdens.set(condition, burdens.at(condition) + 1);
      recordOf.set(number, record);
      return true;
    },

    remove(number) {
      const record = findRecord(number);
      if (record === none) return;
      records.set(record + numberAt, none);
      recordOf.set(number, none);
    },

    match(evaluator, onMatch) {
      const base = evaluator.evaluate(active);
      const answers = createAnswers(reader.conditions, evaluator, base);
      const all = records.view;
      for (let condition = 0; condition < heads.length; condition += 1) {
        if (heads.at(condition) === none || !answers.ask(condition)) continue;
        for (let at = heads.at(condition); at !== none; at = all[at + earlierAt] as number) {
          const number = all[at + numberAt] as number; // records are whole
          if (number === none) continue;
          const first = at + conditionsAt;
          answers.report(all, first, first + (all[at + countAt] as number), number, onMatch);
        }
      }
    },

    matchOne(number, evaluator) {
      const record = findRecord(number);
      if (record === none) return null;
      const found = evaluator.evaluate(active).slice();
      for (let at = 0; at < records.at(record + countAt); at += 1) {
        const condition = reader.conditions[records.at(record + conditionsAt + at)];
        if (condition) intersect(found, evaluator.evaluate(condition));
      }
      return found;
    },
  };
}

/** The answers to numbered conditions side by side, each found when it is first asked for. */
function createAnswers(conditions: readonly Plan[], evaluator: PlanEvaluator, base: Bits) {
  const width = base.length;
  const bits = new Uint32Array(conditions.length * width);
  const states = new Uint8Array(conditions.length);

  /** Whether any document fulfils the condition. */
  function ask(condition: number): boolean {
    const plan = conditions[condition];
    if (states[condition] === unknown && plan) {
      const found = evaluator.evaluate(plan).slice();
      intersect(found, base);
      states[condition] = isEmpty(found) ? fulfilledByNone : fulfilled;
      if (states[condition] === fulfilled) bits.set(found, condition * width);
    }
    return states[condition] === fulfilled;
  }

  return {
    ask,
    /** Reports the documents that fulfil all conditions from `first` to before `end` of a list. */
    report(
      list: Uint32Array,
      first: number,
      end: number,
      number: number,
      onMatch: (number: number, document: number) => void,
    ): void {
      for (let at = first; at < end; at += 1) if (!ask(list[at] as number)) return; // within the list, as below
      for (let word = 0; word < width; word += 1) {
        let found = -1;
        for (let at = first; at < end && found !== 0; at += 1) {
          found &= bits[(list[at] as number) * width + word] as number;
        }
        for (; found !== 0; found &= found - 1) {
          onMatch(number, word * 32 + 31 - Math.clz32(found & -found));
        }
      }
    },
  };
}

const unknown = 0;
const fulfilledByNone = 1;
const fulfilled = 2;
