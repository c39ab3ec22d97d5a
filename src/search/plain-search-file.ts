import { type Bits, forEachBit, intersect, isEmpty } from './index/bits.ts';
import { GrowingArray, growingBytes, growingNumbers } from './index/growing-array.ts';
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
  /** The place of a search, for `matchOne` and `remove`; null where there is none. */
  remove(number: number): void;
  match(evaluator: PlanEvaluator, onMatch: (number: number, document: number) => void): void;
  /** The documents that the search finds; null where there is no such search. */
  matchOne(number: number, evaluator: PlanEvaluator): Bits | null;
};

const end = 0xffffffff;

export function createPlainSearchFile(reader: PlainQueryReader, active: Plan): PlainSearchFile {
  const numbers = growingNumbers();
  const removed = growingBytes();
  const starts = growingNumbers();
  const parts = growingNumbers();
  /** The search that was filed under the same condition before this one. */
  const earlier = growingNumbers();
  /** For each condition the search filed last, and how many. */
  const heads = new GrowingArray((length) => new Uint32Array(length).fill(end));
  const burdens = growingNumbers();
  const places = new Map<number, number>();
  const room = new Uint32Array(mostPlainWords);
  starts.push(0);

  function findLightest(count: number): number {
    let best = room[0] ?? 0;
    for (let at = 1; at < count; at += 1) {
      const condition = room[at] ?? 0;
      if (burdens.at(condition) < burdens.at(best)) best = condition;
    }
    return best;
  }

  /** Writes into `found` what fulfils all conditions of a search. */
  function findAll(place: number, evaluator: PlanEvaluator, found: Bits): void {
    found.set(evaluator.evaluate(active));
    const last = starts.at(place + 1);
    for (let at = starts.at(place); at < last; at += 1) {
      const condition = reader.conditions[parts.at(at)];
      if (condition) intersect(found, evaluator.evaluate(condition));
      if (isEmpty(found)) return;
    }
  }

  return {
    add(number, query) {
      const count = reader.read(query, room);
      if (count < 0) return false;
      while (heads.length < reader.conditions.length) {
        heads.push(end);
        burdens.push(0);
      }
      const place = numbers.length;
      const condition = findLightest(count);
      numbers.push(number);
      removed.push(0);
      for (let at = 0; at < count; at += 1) parts.push(room[at] ?? 0);
      starts.push(parts.length);
      earlier.push(heads.at(condition));
      heads.set(condition, place);
      burdens.set(condition, burdens.at(condition) + 1);
      places.set(number, place);
      return true;
    },

    remove(number) {
      const place = places.get(number);
      if (place !== undefined) removed.set(place, 1);
      places.delete(number);
    },

    match(evaluator, onMatch) {
      const found = evaluator.live.slice();
      for (let condition = 0; condition < heads.length; condition += 1) {
        const plan = reader.conditions[condition];
        if (!plan || isEmpty(evaluator.evaluate(plan))) continue;
        for (let place = heads.at(condition); place !== end; place = earlier.at(place)) {
          if (removed.at(place) === 1) continue;
          findAll(place, evaluator, found);
          const number = numbers.at(place);
          forEachBit(found, (document) => onMatch(number, document));
        }
      }
    },

    matchOne(number, evaluator) {
      const place = places.get(number);
      if (place === undefined) return null;
      const found = evaluator.live.slice();
      findAll(place, evaluator, found);
      return found;
    },
  };
}
