import { expect, test } from 'vitest';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { describeReport, findLastWeek } from './report-weeks.ts';

test.each([
  ['2026-03-09T00:00:00Z', '2026-03-02'],
  ['2026-03-08T23:59:59Z', '2026-02-23'],
  ['2026-03-04T12:00:00Z', '2026-02-23'],
  ['2027-01-01T12:00:00Z', '2026-12-21'],
])('the last whole week before %s begins on %s', (now, week) => {
  const found = findLastWeek(asId<Instant>(Date.parse(now)));
  expect(found.week).toBe(week);
  expect(found.fromAt).toBe(Date.parse(week));
  expect(found.toAt - found.fromAt).toBe(7 * 86_400_000);
});

test('a report says in sentences what was brought, done and left', () => {
  const report = { id: 1, week: '2026-03-02', fromAt: asId<Instant>(0), toAt: asId<Instant>(1) };
  expect(describeReport({ ...report, entries: 1, done: 2, notRelevant: 0, stillOpen: 3 })).toEqual([
    'The digests brought 1 entry.',
    '2 marked done, 0 not relevant.',
    '3 still open.',
  ]);
  expect(describeReport({ ...report, entries: 2, done: 0, notRelevant: 0, stillOpen: 0 })).toEqual([
    'The digests brought 2 entries.',
    '0 marked done, 0 not relevant.',
    'Nothing is open.',
  ]);
});
