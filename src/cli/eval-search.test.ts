import { expect, test } from 'vitest';
import { scoreQueries } from './eval-search.ts';

const results: Record<string, string[]> = { first: ['a.md', 'b.md'], second: ['x.md', 'b.md'], none: [] };
const find = (query: string) => results[query] ?? [];

test('the first relevant article counts by its rank', () => {
  const scores = scoreQueries(
    [
      { query: 'first', kind: 'title', relevant: ['a.md', 'b.md'] },
      { query: 'second', kind: 'title', relevant: ['b.md'] },
      { query: 'none', kind: 'code', relevant: ['c.md'] },
    ],
    find,
  );
  expect(scores.title).toEqual({ queries: 2, mrrAt10: 0.75, recallAt1: 0.5, recallAt10: 1 });
  expect(scores.code).toEqual({ queries: 1, mrrAt10: 0, recallAt1: 0, recallAt10: 0 });
  expect(scores['in all']).toMatchObject({ queries: 3, mrrAt10: 0.5 });
});
