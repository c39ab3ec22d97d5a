import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeReferences, repairControls } from './decode-references.ts';
import { decodeText } from './decode-text.ts';

const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);
const utf32 = (text: string, isBigEndian: boolean) => {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const buffer = Buffer.alloc(points.length * 4);
  for (const [index, point] of points.entries()) {
    if (isBigEndian) buffer.writeUInt32BE(point, index * 4);
    else buffer.writeUInt32LE(point, index * 4);
  }
  return buffer;
};

describe('bytes become text', () => {
  test.each([
    [
      'by their mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('é', 'utf8')]),
      'text/xml; charset=koi8-r',
      'é',
      'utf-8',
    ],
    [
      'by their mark in UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), bytes('é', 'utf16le')]),
      null,
      'é',
      'utf-16le',
    ],
    ['by where the zeros are in UTF-16', bytes('<a>é', 'utf16le'), null, '<a>é', 'utf-16le'],
    ['by where the zeros are in UTF-32', utf32('<a>😀', true), null, '<a>😀', 'utf-32be'],
    ['by where the zeros are in UTF-32, the other way', utf32('<a>😀', false), null, '<a>😀', 'utf-32le'],
    ['by the header', Buffer.from([0xd0]), "application/xml;charset= 'koi8-r'", 'п', 'koi8-r'],
    [
      'by their own declaration',
      Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>\xe9', 'latin1'),
      'application/xml',
      '<?xml version="1.0" encoding="iso-8859-1"?>é',
      'iso-8859-1',
    ],
    [
      'by the meta element of a page',
      Buffer.from('<meta charset=windows-1251>\xe9', 'latin1'),
      'text/html',
      '<meta charset=windows-1251>й',
      'windows-1251',
    ],
    ['as UTF-8 when nothing is said', bytes('é', 'utf8'), null, 'é', 'utf-8'],
    [
      'as windows-1252 when they are nothing else',
      Buffer.from([0x93, 0xe9]),
      'text/xml; charset=utf-8',
      '“é',
      'windows-1252',
    ],
    [
      'as what they are where the header is wrong',
      bytes('é', 'utf8'),
      'text/xml; charset=us-ascii',
      'é',
      'utf-8',
    ],
    [
      'with a declaration that was left behind',
      bytes('<?xml version="1.0" encoding="utf-16"?>é', 'utf8'),
      null,
      '<?xml version="1.0" encoding="utf-16"?>é',
      'utf-8',
    ],
    ['with an encoding that nobody knows', bytes('é', 'utf8'), 'text/xml; charset=klingon', 'é', 'utf-8'],
  ])('%s', (_, input, contentType, text, encoding) => {
    expect(decodeText(input, contentType)).toEqual({ text, encoding });
  });

  test('whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string()), (input, contentType) => {
        expect(typeof decodeText(input, contentType).text).toBe('string');
      }),
    );
  });
});

describe('references', () => {
  test.each([
    ['&amp;&lt;&#38;&#x26;', '&<&&'],
    ['&eacute;&hellip;&lang;', 'é…\u2329'],
    ['don&#146;t', 'don’t'],
    ['&#0;&#xD800;&#x110000;', '&#0;&#xD800;&#x110000;'],
    ['/a?b=1&copy=2&amp=3', '/a?b=1&copy=2&=3'],
    ['AT&T &madeup;', 'AT&T &madeup;'],
  ])('%s is %s', (written, decoded) => {
    expect(decodeReferences(written)).toBe(decoded);
  });

  test('controls of a wrong encoding become the characters that were meant', () => {
    expect(repairControls('\u0093a\u0094 \u0080')).toBe('“a” €');
  });
});
