import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pngOf } from './png.fixture.ts';
import { maxImageBytes, recogniseImage } from './recognise-image.ts';

test('an image is what its bytes say', () => {
  const bytes = pngOf(640, 480);
  expect(recogniseImage(bytes)).toEqual({
    kind: 'image',
    image: { bytes, type: 'image/png', width: 640, height: 480 },
  });
  const gif = Buffer.from('GIF89a\x20\x00\x10\x00\x80\x00\x00', 'latin1');
  expect(recogniseImage(gif)).toMatchObject({
    kind: 'image',
    image: { type: 'image/gif', width: 32, height: 16 },
  });
});

test.each([
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  [
    'a drawing that can run scripts',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  ],
  ['nothing', Buffer.alloc(0)],
  ['pixels without end', pngOf(100_000, 100_000)],
  ['no pixels', pngOf(0, 10)],
  ['too much', Buffer.concat([pngOf(1, 1), Buffer.alloc(maxImageBytes)])],
])('%s is not kept', (_, bytes) => {
  expect(recogniseImage(bytes).kind).toBe('missing');
});

test('no bytes break it', () => {
  const beginnings = [
    '',
    'GIF89a',
    '\x89PNG\r\n\x1a\n',
    '\xff\xd8\xff\xe0',
    'RIFF\x00\x00\x00\x00WEBPVP8X',
    '\0\0\0\x18ftypavif',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }), (beginning, rest) => {
      const reading = recogniseImage(Buffer.concat([Buffer.from(beginning, 'latin1'), rest]));
      if (reading.kind === 'image') expect(reading.image.width * reading.image.height).toBeGreaterThan(0);
    }),
  );
});
