import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

test('what is written is read back the same', () => {
  const cell = fc
    .string({ unit: 'grapheme' })
    .map((text) => text.replaceAll('\uFEFF', '').replace(/^'+/, '').replace(/\r/g, ''));
  const row = fc
    .array(cell, { minLength: 2, maxLength: 2 })
    .filter((cells) => cells.some((one) => one !== ''));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      expect(readCsv(writeCsv([['kind', 'what'], ...rows]))).toEqual([['kind', 'what'], ...rows]);
    }),
  );
});

test('a spreadsheet takes no cell for a formula', () => {
  expect(writeCsv([['=1+1', '@x', '-outlook', 'a"b']])).toBe(`'=1+1,'@x,'-outlook,"a""b"\r\n`);
});

test.each([
  [
    'a;b\n1;2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\uFEFFa\tb\r\n"1\n2"\t3\r\n',
    [
      ['a', 'b'],
      ['1\n2', '3'],
    ],
  ],
  ['Exchange Online\n\nTeams', [['Exchange Online'], ['Teams']]],
  ['"never closed', [['never closed']]],
])('reads %j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});
