import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { cleanTechnologyName, normaliseTechnologyName } from './normalise-technology-name.ts';

test.each([
  ['✅ Exchange Online', 'Exchange Online'],
  ['<b>Applies to:</b> Exchange Online', 'Exchange Online'],
  ['- **Outlook&nbsp;2019**,', 'Outlook 2019'],
  ['[Teams](https://example.com/teams)', 'Teams'],
  ['.NET Framework®', '.NET Framework'],
  ['Office Home &amp; Student', 'Office Home & Student'],
])('the name in "%s" is "%s"', (raw, name) => {
  expect(cleanTechnologyName(raw)).toBe(name);
});

test('spellings of one name have one key', () => {
  const spellings = [
    'Exchange Online',
    '✅ Exchange Online',
    'Microsoft Exchange Online',
    'EXCHANGE  ONLINE (EOP)',
  ];
  expect(new Set(spellings.map(normaliseTechnologyName))).toEqual(new Set(['exchange online']));
  expect(normaliseTechnologyName('Microsoft 365')).toBe('microsoft 365');
  expect(normaliseTechnologyName('Hyper-V')).toBe('hyper v');
});

test('a key is its own key, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (raw) => {
      const key = normaliseTechnologyName(raw);
      expect(normaliseTechnologyName(key)).toBe(key);
    }),
    { numRuns: runs(1000) },
  );
});
