import { type Bits, forEachBit, intersect, isEmpty } from './index/bits.ts';
import { createPlainSearchFile } from './plain-search-file.ts';
import type { QueryCompiler } from './query/compile-query.ts';
import { parseQuery } from './query/parse-query.ts';
import type { Plan } from './query/plan.ts';
import type { PlanEvaluator } from './ranking/evaluate-plan.ts';
import { findRequiredConditions } from './required-conditions.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Saved searches, compiled for the documents of one language. */
export type SavedSearchFile = {
  add(number: number, query: string): void;
  remove(number: number): void;
  match(evaluator: PlanEvaluator, onMatch: (number: number, document: number) => void): void;
  /** The documents that the search finds; null where there is no such search. */
  matchOne(number: number, evaluator: PlanEvaluator): Bits | null;
};

/** A saved search: a document has to fulfil all of the parts. */
type Filed = { readonly number: number; readonly parts: readonly Plan[]; isRemoved: boolean; seen: number };

export function createSavedSearchFile(compiler: QueryCompiler, vocabulary: Vocabulary): SavedSearchFile {
  const plain = createPlainSearchFile(compiler.plain, compiler.active);
  const byCondition = new Map<Plan, Filed[]>();
  /** Without a condition that has to be fulfilled: everything but what has a word, say. */
  const others: Filed[] = [];
  const byNumber = new Map<number, Filed>();
  let round = 0;

  const burdenOf = (condition: Plan) => byCondition.get(condition)?.length ?? 0;

  function fileUnder(condition: Plan, filed: Filed): void {
    const known = byCondition.get(condition);
    if (known) known.push(filed);
    else byCondition.set(condition, [filed]);
  }

  function addPlanned(number: number, plan: Plan): void {
    const filed = { number, parts: plan.kind === 'all' ? plan.parts : [plan], isRemoved: false, seen: 0 };
    byNumber.set(number, filed);
    const conditions = findRequiredConditions(plan, burdenOf);
    if (conditions === null) others.push(filed);
    for (const condition of conditions ?? []) fileUnder(condition, filed);
  }

  /** Writes into `found` what fulfils all parts; stops where nothing is left. */
  function findAll({ parts }: Filed, evaluator: PlanEvaluator, found: Bits): void {
    found.set(evaluator.live);
    for (const part of parts) {
      intersect(found, evaluator.evaluate(part));
      if (isEmpty(found)) return;
    }
  }

  return {
    add(number, query) {
      if (!plain.add(number, query))
        addPlanned(number, compiler.compile(parseQuery(query, vocabulary).tree).plan);
    },

    remove(number) {
      plain.remove(number);
      const filed = byNumber.get(number);
      if (filed) filed.isRemoved = true;
      byNumber.delete(number);
    },

    match(evaluator, onMatch) {
      plain.match(evaluator, onMatch);
      const found = evaluator.live.slice();
      round += 1;
      const ask = (filed: Filed) => {
        if (filed.isRemoved || filed.seen === round) return;
        filed.seen = round;
        findAll(filed, evaluator, found);
        forEachBit(found, (document) => onMatch(filed.number, document));
      };
      for (const filed of others) ask(filed);
      for (const [condition, searches] of byCondition) {
        if (!isEmpty(evaluator.evaluate(condition))) for (const filed of searches) ask(filed);
      }
    },

    matchOne(number, evaluator) {
      const filed = byNumber.get(number);
      if (!filed) return plain.matchOne(number, evaluator);
      const found = evaluator.live.slice();
      findAll(filed, evaluator, found);
      return found;
    },
  };
}
