import { expect, test } from 'vitest';
import { canonicalKbNumber, findKbNumbers } from './kb-numbers.ts';

test.each([
  ['KB910336', 'KB910336'],
  ['kb 910336', 'KB910336'],
  ['KB#910336', 'KB910336'],
  ['Q322756', 'KB322756'],
  [' 4038583 ', 'KB4038583'],
  ['12345', 'KB12345'],
  ['1234', null],
  ['12345678', null],
  ['KB', null],
  ['KB910336a', null],
])('"%s" is %s', (text, number) => {
  expect(canonicalKbNumber(text)).toBe(number);
});

test('numbers are found where a text names them, each once', () => {
  const text =
    'Install KB4038583 (kb 4038583), see Q322756, https://support.microsoft.com/en-us/help/910336/x and /kb/12345; not 0x80070002, 2019 or KB12.';
  expect(findKbNumbers(text)).toEqual(['KB4038583', 'KB322756', 'KB910336', 'KB12345']);
});
