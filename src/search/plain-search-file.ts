import { type Bits, forEachBit, intersect, isEmpty } from './index/bits.ts';
import { growingBytes, growingNumbers } from './index/growing-array.ts';
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

const end = 0xffffffff;
const growingPlaces = () => growingNumbers();

export function createPlainSearchFile(reader: PlainQueryReader, active: Plan): PlainSearchFile {
  const numbers = growingNumbers();
  const removed = growingBytes();
  const starts = growingNumbers();
  const parts = growingNumbers();
  /** The search that was filed under the same condition before this one. */
  const earlier = growingNumbers();
  /** For each condition the search filed last, and how many. */
  const heads = growingPlaces();
  const burdens = growingNumbers();
  /** By the number of the caller's. */
  const places = growingPlaces();
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

  const placeOf = (number: number) => (number < places.length ? places.at(number) : end);

  return {
    add(number, query) {
      const count = reader.read(query, room);
      if (count < 0) return false;
      while (heads.length < reader.conditions.length) {
        heads.push(end);
        burdens.push(0);
      }
      while (places.length <= number) places.push(end);
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
      const place = placeOf(number);
      if (place === end) return;
      removed.set(place, 1);
      places.set(number, end);
    },

    match(evaluator, onMatch) {
      const answers = createAnswers(reader.conditions, evaluator);
      const base = evaluator.evaluate(active);
      const found = base.slice();
      for (let condition = 0; condition < heads.length; condition += 1) {
        if (heads.at(condition) === end || !answers.ask(condition)) continue;
        for (let place = heads.at(condition); place !== end; place = earlier.at(place)) {
          if (removed.at(place) === 1) continue;
          found.set(base);
          const last = starts.at(place + 1);
          let at = starts.at(place);
          while (at < last && answers.intersect(found, parts.at(at))) at += 1;
          if (at === last) reportBits(found, numbers.at(place), onMatch);
        }
      }
    },

    matchOne(number, evaluator) {
      const place = placeOf(number);
      if (place === end) return null;
      const found = evaluator.evaluate(active).slice();
      for (let at = starts.at(place); at < starts.at(place + 1); at += 1) {
        const condition = reader.conditions[parts.at(at)];
        if (condition) intersect(found, evaluator.evaluate(condition));
      }
      return found;
    },
  };
}

/** The answers to numbered conditions side by side, each found when it is first asked for. */
function createAnswers(conditions: readonly Plan[], evaluator: PlanEvaluator) {
  const width = evaluator.live.length;
  const all = new Uint32Array(conditions.length * width);
  const states = new Uint8Array(conditions.length);

  /** Whether any document fulfils the condition. */
  function ask(condition: number): boolean {
    const plan = conditions[condition];
    if (states[condition] === 0 && plan) {
      const bits = evaluator.evaluate(plan);
      states[condition] = isEmpty(bits) ? 1 : 2;
      if (states[condition] === 2) all.set(bits, condition * width);
    }
    return states[condition] === 2;
  }

  return {
    ask,
    /** Leaves in the set what fulfils the condition; whether anything is left. */
    intersect(found: Bits, condition: number): boolean {
      if (!ask(condition)) return false;
      const from = condition * width;
      let left = 0;
      for (let at = 0; at < width; at += 1) {
        const word = (found[at] as number) & (all[from + at] as number); // both are as wide
        found[at] = word;
        left |= word;
      }
      return left !== 0;
    },
  };
}

function reportBits(found: Bits, number: number, onMatch: (number: number, document: number) => void): void {
  forEachBit(found, (document) => onMatch(number, document));
}
