import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountId, asId, type FeedbackId, type TechnologyId } from '../knowledge/ids.ts';
import type { Feedback } from './feedback.ts';
import { orderFeedback } from './order-feedback.ts';
import { sizeOf, tallyFeedback } from './tally-feedback.ts';

const feedback = (given: Partial<Feedback> & { readonly number: number }): Feedback => ({
  articleId: asId(1),
  revision: 1,
  accountId: null,
  authorName: '',
  outcome: 'yes',
  didHarm: false,
  technologyId: null,
  version: '',
  body: 'x',
  state: 'shown',
  mergedInto: null,
  queuedBecause: null,
  standing: 'known',
  helped: 0,
  reports: 0,
  writtenAt: asId(given.number),
  ...given,
  id: asId<FeedbackId>(given.number),
});

describe('a tally', () => {
  test('counts since the text says what it says, the last word of each account, and nothing put away', () => {
    const ada = asId<AccountId>(1);
    const [eleven, ten] = [asId<TechnologyId>(11), asId<TechnologyId>(10)];
    const tally = tallyFeedback(
      [
        feedback({ number: 1, revision: 3 }),
        feedback({ number: 2, revision: 6, accountId: ada, outcome: 'no', technologyId: eleven }),
        feedback({ number: 3, revision: 6, accountId: ada, technologyId: eleven }),
        feedback({ number: 4, revision: 7, technologyId: ten, outcome: 'partly' }),
        feedback({ number: 5, revision: 7, technologyId: eleven, state: 'merged' }),
        feedback({ number: 6, revision: 7, state: 'folded', outcome: 'no' }),
        feedback({ number: 7, revision: 7, outcome: null }),
      ],
      6,
    );
    expect(tally).toEqual({
      readsSince: 6,
      now: { yes: 2, partly: 1, no: 0 },
      before: { yes: 1, partly: 0, no: 0 },
      byTechnology: [
        { technologyId: eleven, tally: { yes: 2, partly: 0, no: 0 } },
        { technologyId: ten, tally: { yes: 0, partly: 1, no: 0 } },
      ],
    });
  });

  test('adds up, whatever is told', () => {
    const one = fc.record({
      number: fc.integer({ min: 1, max: 1000 }),
      revision: fc.integer({ min: 0, max: 5 }),
      outcome: fc.constantFrom('yes', 'partly', 'no', null),
      state: fc.constantFrom('shown', 'folded', 'merged'),
    } as const);
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (each) => each.number }), (some) => {
        const { now, before } = tallyFeedback(some.map(feedback), 3);
        const counted = some.filter((each) => each.outcome !== null && each.state !== 'folded');
        expect(sizeOf(now) + sizeOf(before)).toBe(counted.length);
      }),
    );
  });
});

test('harm comes first, then what helped for sure, then what is written for this text, and folded ones last', () => {
  const list = [
    feedback({ number: 1, state: 'folded', didHarm: true }),
    feedback({ number: 2, helped: 1 }),
    feedback({ number: 3, helped: 20, reports: 2 }),
    feedback({ number: 4, revision: 5 }),
    feedback({ number: 5 }),
    feedback({ number: 6, didHarm: true }),
    feedback({ number: 7, helped: 3, reports: 9 }),
  ];
  expect(orderFeedback(list, 5).map((one) => Number(one.id))).toEqual([6, 3, 2, 7, 4, 5, 1]);
});
