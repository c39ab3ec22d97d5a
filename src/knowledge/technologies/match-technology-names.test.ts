import { expect, test } from 'vitest';
import { curatedTechnologies } from './curated-tree.ts';
import { matchTechnologyNames } from './match-technology-names.ts';
import { createTechnologyResolver } from './technology-resolver.ts';

const match = (text: string) =>
  matchTechnologyNames(text, createTechnologyResolver(curatedTechnologies, [])).map(
    ({ technology }) => technology.slug,
  );

test('a sentence gives the longest names in it', () => {
  expect(match('We run Exchange Server 2019 on Windows Server 2022, and some people use OWA.')).toEqual([
    'exchange-server-2019',
    'windows-server-2022',
    'outlook-on-the-web',
  ]);
});

test('a list of installed programs gives one technology a line', () => {
  const list =
    'Microsoft SQL Server 2019 (64-bit)\nMicrosoft 365 Apps for enterprise - en-us\nexcel\nAcme Painter 3';
  expect(match(list)).toEqual(['sql-server-2019', 'microsoft-365-apps', 'excel']);
});

test('ordinary words within a sentence are no products', () => {
  expect(match('the teams excel at their project and have access to the word list')).toEqual([]);
  expect(match('we moved to Teams and Excel')).toEqual(['teams', 'excel']);
});

test('a huge paste is read to its limit and quickly', () => {
  expect(match('word '.repeat(200_000))).toEqual([]);
});
