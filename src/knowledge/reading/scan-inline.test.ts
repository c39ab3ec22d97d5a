import fc from 'fast-check';
import type { Token } from 'markdown-it';
import { expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { readInlineTokens } from './inline-text.ts';
import { createMarkdownParser, environmentOf } from './markdown-parser.ts';
import { scanInline } from './scan-inline.ts';

const parser = createMarkdownParser({ linkify: false });

function parseInline(content: string) {
  const env = environmentOf({
    key: 'a.md',
    includes: {},
    warnings: [],
    openFiles: ['a.md'],
    includedChars: 0,
  });
  const tokens: Token[] = [];
  parser.inline.parse(content, parser, env, tokens);
  return readInlineTokens(tokens, (href) => href);
}

const piece = fc.constantFrom(
  'a',
  'b c',
  ' ',
  '\n',
  '*',
  '**',
  '***',
  '_',
  '__',
  '`',
  '``',
  '[',
  ']',
  '](x.md)',
  '](x "t")',
  '](',
  '![i](p.png)',
  '!',
  '<br>',
  '<b>',
  '</b>',
  '<Name>',
  '<',
  '>',
  '&',
  '&nbsp;',
  '&amp;',
  '&copy;',
  '&#35;',
  '\\',
  '\\*',
  '\\\n',
  '~',
  '~~',
  ':',
  ':::',
  ':::image source="s" alt-text="t":::',
  '.',
  ',',
  '"',
  '(',
  ')',
  'ü',
  '„',
  '😀',
  '\u00a0',
  '[!x',
  '1',
);

test('where the scanner answers, the parser says the same', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const content = pieces.join('').trim();
      const scanned = scanInline(content, (href) => href);
      if (scanned !== null) expect(scanned).toEqual(parseInline(content));
    }),
    { numRuns: runs(20_000) },
  );
});

test('code gives a space at each side away, as the parser does', () => {
  for (const content of ['a``\n\\\n``', 'x` a `y', '` ``', 'x`  `y', '` a`']) {
    const scanned = scanInline(content, (href) => href);
    if (scanned !== null) expect(scanned).toEqual(parseInline(content));
  }
});

test.each([
  'Plain text, with punctuation.',
  'Select **File** > **Options**, then `Get-Queue`.',
  'See [the article](https://example.com/a_b_c) and *more*.',
  'A file_name_with_underscores & an ampersand: 5 < 6.',
  ':::image type="content" source="a.png" alt-text="b":::',
])('common writing needs no parser: %s', (content) => {
  expect(scanInline(content, (href) => href)).not.toBeNull();
});
