import { expect, test } from 'vitest';
import { claimAhead } from './claim-ahead.ts';
import { inParallel } from './in-parallel.ts';

function claimer(batches: number[][]) {
  let claims = 0;
  return {
    claim: async () => batches[claims++] ?? [],
    countClaims: () => claims,
  };
}

test('hands out everything once and in order, and claims before it runs out', async () => {
  const { claim, countClaims } = claimer([
    [1, 2, 3],
    [4, 5],
  ]);
  const seen: [number, number][] = [];
  for await (const item of claimAhead(claim, 2)) seen.push([item, countClaims()]);
  expect(seen).toEqual([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
  ]);
});

test('work goes on while the next ones are claimed', async () => {
  const { promise: isAsked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: second, resolve: answer } = Promise.withResolvers<number[]>();
  let claims = 0;
  const claim = async () => {
    claims += 1;
    if (claims === 1) return [1, 2, 3, 4];
    if (claims > 2) return [];
    ask();
    return second;
  };
  const done: number[] = [];
  const all = inParallel(claimAhead(claim, 4), 2, async (item) => {
    done.push(item);
  });
  await isAsked;
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual([1, 2, 3, 4]);
  answer([5]);
  await all;
  expect(done).toEqual([1, 2, 3, 4, 5]);
});

test('a claim that fails is told when what was claimed before is done', async () => {
  const done: number[] = [];
  let claims = 0;
  const claim = async () => {
    if (claims++ > 0) throw new Error('the database is away');
    return [1, 2];
  };
  const all = inParallel(claimAhead(claim, 2), 2, async (item) => {
    await new Promise((resolve) => setImmediate(resolve));
    done.push(item);
  });
  await expect(all).rejects.toThrow('the database is away');
  expect(done).toEqual([1, 2]);
});

test('work that fails begins no more, and waits for what is under way', async () => {
  const begun: number[] = [];
  const done: number[] = [];
  const { claim } = claimer([
    [1, 2, 3, 4, 5, 6],
    [7, 8],
  ]);
  const all = inParallel(claimAhead(claim, 2), 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('broken');
    await new Promise((resolve) => setTimeout(resolve, 5));
    done.push(item);
  });
  await expect(all).rejects.toThrow('broken');
  expect(begun).toEqual([1, 2]);
  expect(done).toEqual([2]);
});
