import { type Example, fitLogistic, predictLogistic } from './logistic-regression.ts';

/** A small generator of reproducible random numbers (mulberry32), 0 to 1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The fold of each example; all examples of a group are in the same one. */
export function assignFolds(examples: readonly Example[], folds: number, random: () => number): number[] {
  const groups = [...new Set(examples.map((one) => one.group))];
  const order = groups
    .map((group) => ({ group, rank: random() }))
    .sort((one, other) => one.rank - other.rank);
  const foldOf = new Map(order.map(({ group }, index) => [group, index % folds]));
  return examples.map((one) => foldOf.get(one.group) ?? 0);
}

/** Probabilities that models gave that had not seen the example's group; `extra` is learned from in every fold. */
export function predictByFolds(
  examples: readonly Example[],
  ridge: number,
  options: { readonly folds: number; readonly random: () => number; readonly extra: readonly Example[] },
): number[] {
  const foldOf = assignFolds(examples, options.folds, options.random);
  const chances = new Array<number>(examples.length).fill(0);
  for (let fold = 0; fold < options.folds; fold++) {
    const fit = fitLogistic(
      [...examples.filter((_, index) => foldOf[index] !== fold), ...options.extra],
      ridge,
    );
    examples.forEach((one, index) => {
      if (foldOf[index] === fold) chances[index] = predictLogistic(fit, one.values);
    });
  }
  return chances;
}

export type Score = { readonly precision: number; readonly recall: number };

export function scoreAt(examples: readonly Example[], chances: readonly number[], threshold: number): Score {
  let hits = 0;
  let found = 0;
  let positives = 0;
  examples.forEach((one, index) => {
    const isFound = (chances[index] ?? 0) >= threshold;
    if (one.isPositive) positives++;
    if (isFound) found++;
    if (isFound && one.isPositive) hits++;
  });
  return { precision: found === 0 ? 1 : hits / found, recall: positives === 0 ? 1 : hits / positives };
}

/** F-measure in which recall counts `beta` times as much as precision (van Rijsbergen 1979). */
export function fMeasure({ precision, recall }: Score, beta: number): number {
  const square = beta * beta;
  return precision + recall === 0 ? 0 : ((1 + square) * precision * recall) / (square * precision + recall);
}
