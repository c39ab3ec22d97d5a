import type { Measures } from './measure-change.ts';
import model from './significance-model.json' with { type: 'json' };

/** A logistic model: the weight of each measure, and from which probability on a change counts as material. */
export type SignificanceModel = {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly threshold: number;
};

/** Learned by tools/train-significance.ts from labelled changes. */
export const shippedModel: SignificanceModel = model;

/** The probability, 0 to 1, that a reader finds a change of these measures material. */
export function weighMeasures(
  measures: Measures,
  { bias, weights }: SignificanceModel = shippedModel,
): number {
  let sum = bias;
  for (const [name, value] of Object.entries(measures)) sum += (weights[name] ?? 0) * value;
  return 1 / (1 + Math.exp(-sum));
}
