import { expect, test } from 'vitest';
import {
  defaultPlausibilityLimits,
  findImplausibility,
  readPlausibilityLimits,
} from './judge-plausibility.ts';

test.for([
  { active: 5, retired: 4, articles: 1, plausible: true },
  { active: 20, retired: 10, articles: 10, plausible: true },
  { active: 20, retired: 11, articles: 9, plausible: false },
  { active: 1000, retired: 200, articles: 800, plausible: true },
  { active: 1000, retired: 201, articles: 799, plausible: false },
  { active: 3, retired: 3, articles: 0, plausible: false },
  { active: 0, retired: 0, articles: 0, plausible: false },
  { active: 0, retired: 0, articles: 1, plausible: true },
])('$retired of $active gone with $articles left is plausible: $plausible', (seen) => {
  const counts = { activeCount: seen.active, retiredCount: seen.retired, articleCount: seen.articles };
  expect(findImplausibility(counts, defaultPlausibilityLimits) === null).toBe(seen.plausible);
});

test('settings that make no sense are passed over', () => {
  expect(readPlausibilityLimits({ maxRetired: -1, maxRetiredShare: 'all' })).toEqual(
    defaultPlausibilityLimits,
  );
  expect(readPlausibilityLimits({ maxRetired: 0, maxRetiredShare: 1 })).toEqual({
    maxRetired: 0,
    maxRetiredShare: 1,
  });
});
