import type { Plan } from './query/plan.ts';

/**
 * Conditions of which a document has to fulfil at least one to fulfil the plan, as few and as rarely fulfilled as can
 * be had; null where a document may do without any. `burdenOf` tells how much is filed under a condition already,
 * which is little for rare ones.
 */
export function findRequiredConditions(
  plan: Plan,
  burdenOf: (condition: Plan) => number,
): readonly Plan[] | null {
  switch (plan.kind) {
    case 'nothing':
      return [];
    case 'everything':
    case 'not':
      return null;
    case 'all':
      return (
        lightest(
          plan.parts.map((part) => findRequiredConditions(part, burdenOf)),
          burdenOf,
        )[0]?.conditions ?? null
      );
    case 'any': {
      const sets = plan.parts.map((part) => findRequiredConditions(part, burdenOf));
      return sets.some((set) => set === null) ? null : sets.flatMap((set) => set ?? []);
    }
    case 'atLeast': {
      // Who has at least k of n parts lacks at most n - k: of any n - k + 1 parts one is there.
      const needed = plan.parts.length - plan.count + 1;
      const sets = lightest(
        plan.parts.map((part) => findRequiredConditions(part, burdenOf)),
        burdenOf,
      );
      return sets.length < needed ? null : sets.slice(0, needed).flatMap(({ conditions }) => conditions);
    }
    default:
      return [plan];
  }
}

/** Those that there are, the least burdened first. */
function lightest(sets: readonly (readonly Plan[] | null)[], burdenOf: (condition: Plan) => number) {
  return sets
    .flatMap((conditions) =>
      conditions === null
        ? []
        : [{ conditions, burden: conditions.reduce((sum, each) => sum + 1 + burdenOf(each), 0) }],
    )
    .sort((a, b) => a.burden - b.burden);
}
