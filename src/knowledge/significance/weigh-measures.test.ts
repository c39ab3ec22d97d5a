import { expect, it } from 'vitest';
import { measureNames } from './measure-change.ts';
import { shippedModel } from './weigh-measures.ts';

it('the shipped weights are for what is measured, no more and no less', () => {
  expect(Object.keys(shippedModel.weights).sort()).toEqual([...measureNames].sort());
  expect(shippedModel.threshold).toBeGreaterThan(0);
  expect(shippedModel.threshold).toBeLessThan(0.5);
});
