import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeDelta,
  decodeNewest,
  encodeDelta,
  encodeNewest,
  packRevision,
  unpackRevision,
} from './revision-codec.ts';

const records = fc.dictionary(
  fc.oneof(fc.string(), fc.constant('__proto__')),
  fc.string({ unit: 'binary' }),
  {
    noNullPrototype: true,
  },
);
const contents = fc.record({
  key: fc.string(),
  published: fc.record({
    format: fc.constantFrom('markdown', 'html', 'text'),
    text: fc.string({ unit: 'grapheme', maxLength: 2000 }),
    includes: records,
    facts: records,
  }),
});

test('any content is the same after packing and unpacking', () => {
  fc.assert(
    fc.property(contents, (content) => {
      const { bytes, includes } = packRevision(content);
      expect(unpackRevision(bytes, includes)).toEqual(content);
    }),
  );
});

test('any bytes are the same after compression, alone and against any successor', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (bytes, successor) => {
      expect(decodeNewest(encodeNewest(bytes)).equals(bytes)).toBe(true);
      expect(decodeDelta(encodeDelta(bytes, successor), successor).equals(bytes)).toBe(true);
    }),
  );
});

test('a large text with a small edit costs little, also when it is larger than the usual window', () => {
  let seed = 1;
  const noise = Array.from({ length: 1_500_000 }, () => {
    seed = (seed * 48271) % 2147483647; // Park and Miller's generator: no period that compression could find
    return String.fromCharCode(33 + (seed % 89));
  });
  const [before, after] = [noise.join(''), `${noise.slice(0, 9000).join('')}!${noise.slice(9000).join('')}`];
  const delta = encodeDelta(Buffer.from(before), Buffer.from(after));
  expect(delta.length).toBeLessThan(2000);
  expect(decodeDelta(delta, Buffer.from(after)).toString()).toBe(before);
});
