import { expect, test } from 'vitest';
import { createTechnologyPlacing } from './create-technology-placing.ts';
import { curatedTechnologies } from './curated-tree.ts';

test('an article is placed by its names, and by its folder where that says more', () => {
  const placing = createTechnologyPlacing(curatedTechnologies, []);
  expect(placing.place(['Exchange Online'], ['Exchange/ExchangeHybrid'])).toEqual([
    'exchange-online',
    'exchange-hybrid',
  ]);
  expect(placing.place(['Exchange Online'], ['Exchange'])).toEqual(['exchange-online']);
  expect(placing.place([], ['Outlook/Client'])).toEqual(['outlook']);
});

test('new technologies are handed over once, parents first', () => {
  const placing = createTechnologyPlacing(curatedTechnologies, []);
  placing.place(['Exchange Online'], []);
  expect(placing.takeNew().map(({ slug }) => slug)).toEqual(['microsoft-365', 'exchange', 'exchange-online']);
  placing.place(['Exchange Online', 'Exchange Server 2044'], []);
  expect(placing.takeNew().map(({ slug, origin }) => `${slug} ${origin}`)).toEqual([
    'exchange-server curated',
    'exchange-server-2044 seen',
  ]);
});

test('ancestors are added without doubles', () => {
  const placing = createTechnologyPlacing(curatedTechnologies, []);
  expect(placing.withAncestors(['exchange-online', 'exchange'])).toEqual([
    'exchange-online',
    'exchange',
    'microsoft-365',
  ]);
});
