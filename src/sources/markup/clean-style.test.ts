import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { cleanStyle } from './clean-style.ts';

test.each([
  ['color: red', 'color: red;'],
  ['COLOR:Red;font-weight :bold', 'COLOR: Red; font-weight: bold;'],
  ["font-family: 'Lucida Console', serif", "font-family: 'Lucida Console', serif;"],
  ['border: 3px solid #ccc; padding: 0 0 12px 12px', 'border: 3px solid #ccc; padding: 0 0 12px 12px;'],
  ['margin: 99999em', ''],
  ['color: rgb(0, 128, 0)', 'color: rgb(0, 128, 0);'],
  ['position: absolute; color: red', 'color: red;'],
  ['z-index: 9', ''],
  ['width: expression(alert(1)); color: red', ''],
  ['background: url(x.png); color: red', 'color: red;'],
  ['background: url(javascript:alert(1)); color: red', ''],
  ['-moz-binding: none; color: red', ''],
  ['color: red; /* */ x: y', ''],
  ['c\\olor: red', ''],
  ['color: red: blue', ''],
  ['@import x', ''],
  ['', ''],
])('%j becomes %j', (style, expected) => {
  expect(cleanStyle(style)).toBe(expected);
});

test('whatever is written, nothing that calls or covers is left, and it takes no time', () => {
  const piece = fc.constantFrom(
    'color',
    ':',
    ';',
    'url(',
    ')',
    'expression(',
    'position',
    'fixed',
    '\\',
    '/*',
    '*/',
    '"',
    "'",
    '-',
    '(',
    '1,2',
    ' ',
    '!important',
    '@import',
    '<',
    'background',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }), (pieces) => {
      expect(cleanStyle(pieces.join(''))).not.toMatch(/url|expression|position|[\\<>@]|\/\*/i);
    }),
    { numRuns: runs(1000) },
  );
  const startedAt = performance.now();
  cleanStyle("'a ".repeat(100_000));
  cleanStyle('a-'.repeat(100_000));
  cleanStyle('url('.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
