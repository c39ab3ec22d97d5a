import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { injectionPayloads } from '../sources/markup/injection-payloads.fixture.ts';
import { hasLinks, readFeedbackText, type TextBlock } from './feedback-text.ts';

test('paragraphs, code and links are told apart', () => {
  expect(
    readFeedbackText('First `net stop` it.\nSee https://x.example/a(b).\n\n```\nrd <x>\n\ny\n```\nDone'),
  ).toEqual([
    {
      kind: 'paragraph',
      spans: [
        { kind: 'text', text: 'First ' },
        { kind: 'code', text: 'net stop' },
        { kind: 'text', text: ' it.\nSee ' },
        { kind: 'link', text: 'https://x.example/a(b)', href: 'https://x.example/a(b)' },
        { kind: 'text', text: '.' },
      ],
    },
    { kind: 'code', text: 'rd <x>\n\ny' },
    { kind: 'paragraph', spans: [{ kind: 'text', text: 'Done' }] },
  ]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'https://user:pw@x.example',
  'http://localhost',
  'file:///x',
])('%s is no link', (text) => {
  expect(linksOf(readFeedbackText(text))).toEqual([]);
});

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(...injectionPayloads, '```', '`', 'https://', 'http://x.example/', '\n', '\n\n', ')', '.'),
);

test('every text is shown whole, and its links lead to the web only', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const blocks = readFeedbackText(text);
      for (const href of linksOf(blocks)) {
        expect(href).toMatch(/^https?:\/\/[^\s"'<>]+$/i);
        expect(hasLinks(text)).toBe(true);
      }
      // White space and the signs of code aside, nothing is lost, added or moved.
      const bare = (words: string) => words.replace(/^\s*```.*$/gm, '').replace(/[\s`]/g, '');
      const normal = text.replace(/\r\n?/g, '\n');
      expect(bare(textOf(blocks))).toBe(bare(normal));
    }),
    { numRuns: runs(500) },
  );
});

function linksOf(blocks: readonly TextBlock[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === 'code' ? [] : block.spans.flatMap((span) => (span.kind === 'link' ? [span.href] : [])),
  );
}

function textOf(blocks: readonly TextBlock[]): string {
  return blocks
    .map((block) => (block.kind === 'code' ? block.text : block.spans.map(({ text }) => text).join('')))
    .join('\n');
}
