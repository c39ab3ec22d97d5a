import { type Bits, forEachBit, intersect, isEmpty } from './index/bits.ts';
import type { QueryCompiler } from './query/compile-query.ts';
import { parseQuery } from './query/parse-query.ts';
import type { Plan } from './query/plan.ts';
import type { PlanEvaluator } from './ranking/evaluate-plan.ts';
import { findRequiredConditions } from './required-conditions.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Saved searches, compiled for the documents of one language. */
export type SavedSearchFile<Id> = {
  add(id: Id, query: string): void;
  remove(id: Id): void;
  match(evaluator: PlanEvaluator, onMatch: (id: Id, document: number) => void): void;
  /** The documents that the search finds; null where there is no such search. */
  matchOne(id: Id, evaluator: PlanEvaluator): Bits | null;
};

/** A saved search: a document has to fulfil all of the parts. */
type Filed<Id> = { readonly id: Id; readonly parts: readonly Plan[]; isRemoved: boolean; seen: number };

/** What was removed is passed over until so many have come together. */
const leastToClear = 1000;

export function createSavedSearchFile<Id extends number>(
  compiler: QueryCompiler,
  vocabulary: Vocabulary,
): SavedSearchFile<Id> {
  const byCondition = new Map<Plan, Filed<Id>[]>();
  /** Without a condition that has to be fulfilled: everything but what has a word, say. */
  let others: Filed<Id>[] = [];
  const byId = new Map<Id, Filed<Id>>();
  let removed = 0;
  let round = 0;

  const burdenOf = (condition: Plan) => byCondition.get(condition)?.length ?? 0;

  function fileUnder(condition: Plan, filed: Filed<Id>): void {
    const known = byCondition.get(condition);
    if (known) known.push(filed);
    else byCondition.set(condition, [filed]);
  }

  /** All parts are conditions: it goes where the fewest are, which are filters only at need. */
  function filePlain(filed: Filed<Id>): void {
    let best = filed.parts[0];
    let least = Number.POSITIVE_INFINITY;
    for (const part of filed.parts) {
      const burden = part.kind === 'filter' ? Number.POSITIVE_INFINITY : burdenOf(part);
      if (burden < least) {
        best = part;
        least = burden;
      }
    }
    if (best) fileUnder(best, filed);
  }

  function fileByPlan(plan: Plan, filed: Filed<Id>): void {
    const conditions = findRequiredConditions(plan, burdenOf);
    if (conditions === null) others.push(filed);
    for (const condition of conditions ?? []) fileUnder(condition, filed);
  }

  function clearRemoved(): void {
    for (const [condition, searches] of byCondition) {
      const kept = searches.filter(({ isRemoved }) => !isRemoved);
      if (kept.length > 0) byCondition.set(condition, kept);
      else byCondition.delete(condition);
    }
    others = others.filter(({ isRemoved }) => !isRemoved);
    removed = 0;
  }

  /** Writes into `found` what fulfils all parts; stops where nothing is left. */
  function findAll({ parts }: Filed<Id>, evaluator: PlanEvaluator, found: Bits): void {
    found.set(evaluator.live);
    for (const part of parts) {
      intersect(found, evaluator.evaluate(part));
      if (isEmpty(found)) return;
    }
  }

  return {
    add(id, query) {
      const plain = compiler.compilePlain(query);
      const plan = plain ? null : compiler.compile(parseQuery(query, vocabulary).tree).plan;
      const parts = plain ?? (plan?.kind === 'all' ? plan.parts : plan ? [plan] : []);
      const filed = { id, parts, isRemoved: false, seen: 0 };
      byId.set(id, filed);
      if (plan) fileByPlan(plan, filed);
      else filePlain(filed);
    },

    remove(id) {
      const filed = byId.get(id);
      if (!filed) return;
      filed.isRemoved = true;
      byId.delete(id);
      removed += 1;
      if (removed > leastToClear + byId.size / 4) clearRemoved();
    },

    match(evaluator, onMatch) {
      const found = evaluator.live.slice();
      round += 1;
      const ask = (filed: Filed<Id>) => {
        if (filed.isRemoved || filed.seen === round) return;
        filed.seen = round;
        findAll(filed, evaluator, found);
        forEachBit(found, (document) => onMatch(filed.id, document));
      };
      for (const filed of others) ask(filed);
      for (const [condition, searches] of byCondition) {
        if (!isEmpty(evaluator.evaluate(condition))) for (const filed of searches) ask(filed);
      }
    },

    matchOne(id, evaluator) {
      const filed = byId.get(id);
      if (!filed) return null;
      const found = evaluator.live.slice();
      findAll(filed, evaluator, found);
      return found;
    },
  };
}
