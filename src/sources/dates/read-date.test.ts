import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { readDate } from './read-date.ts';

const iso = (text: string) => {
  const atMs = readDate(text);
  return atMs === null ? null : new Date(atMs).toISOString().replace('.000Z', 'Z');
};

describe('a date', () => {
  test.each([
    ['2003-12-31T10:14:55Z', '2003-12-31T10:14:55Z'],
    ['2003-12-31T10:14:55.25+01:00', '2003-12-31T09:14:55.250Z'],
    ['2003-12-31T10:14:55 EST', '2003-12-31T15:14:55Z'],
    ['2003-12-31t18:14z', '2003-12-31T18:14:00Z'],
    ['2003-12-31T24:00:00Z', '2004-01-01T00:00:00Z'],
    ['2003-12-31', '2003-12-31T00:00:00Z'],
    ['2003-12', '2003-12-01T00:00:00Z'],
    ['2003', '2003-01-01T00:00:00Z'],
    ['20031231', '2003-12-31T00:00:00Z'],
    ['2003-365', '2003-12-31T00:00:00Z'],
    ['2003365', '2003-12-31T00:00:00Z'],
    ['2004-07-08 23:56:58.0', '2004-07-08T23:56:58Z'],
    ['Thu, 01 Jan 2004 19:48:21 GMT', '2004-01-01T19:48:21Z'],
    ['Thu, 01 Jan 04 19:48 PST', '2004-01-02T03:48:00Z'],
    ['1 January 2004 19:48:21 +0530 (IST)', '2004-01-01T14:18:21Z'],
    ['Thu, 31 Dec 2009 23:59:60 GMT', '2010-01-01T00:00:00Z'],
    ['Wed, 19 Aug 2009 18:28:00 Etc/GMT', '2009-08-19T18:28:00Z'],
    ['Wed, 19 Aug 2009 18:28:00 GMT+02:00', '2009-08-19T16:28:00Z'],
    ['Saturday, 13-Mar-04 01:02:03 GMT', '2004-03-13T01:02:03Z'],
    ['Sun Jan  4 16:29:06 PDT 2004', '2004-01-04T23:29:06Z'],
    ['Sun Jan  4 16:29:06 2004', '2004-01-04T16:29:06Z'],
    ['January 4, 2004 5:06 pm', '2004-01-04T17:06:00Z'],
    ['December 2, 2010', '2010-12-02T00:00:00Z'],
    ['lundi 5 mars 2012 10:00:00 +0100', '2012-03-05T09:00:00Z'],
    ['5. März 2012', '2012-03-05T00:00:00Z'],
    ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00Z'],
    ['2004년 05월 28일 오후 11:31', '2004-05-28T14:31:00Z'],
    ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17Z'],
    ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00Z'],
    ['Fri, 2006/09/15 08:19:53 EDT', '2006-09-15T12:19:53Z'],
    ['12/31/2004 5:06 pm', '2004-12-31T17:06:00Z'],
    ['31.12.2004 17:06', '2004-12-31T17:06:00Z'],
    ['1072915200', '2004-01-01T00:00:00Z'],
  ])('%s is %s', (written, expected) => {
    expect(iso(written)).toBe(expected);
  });

  test.each([
    '',
    'soon',
    '2004-02-30',
    '2004-13-01',
    'Thu, 32 Jan 2004 10:00:00 GMT',
    '25:00',
    'toString',
    '0000-00-00',
  ])('is not %j', (written) => {
    expect(readDate(written)).toBeNull();
  });

  const instants = fc
    .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

  test('comes back from every standard spelling', () => {
    fc.assert(
      fc.property(instants, (date) => {
        for (const spelling of [
          date.toISOString(),
          date.toUTCString(),
          `${date.toISOString().slice(0, 19)}+00:00`,
        ]) {
          expect(readDate(spelling)).toBe(date.getTime());
        }
      }),
    );
  });

  test('is looked for in any text without failing or taking long', () => {
    const startedAt = performance.now();
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 400 }), fc.stringMatching(/^[0-9A-Za-z :,./+-]{0,100}$/)),
        (text) => {
          const atMs = readDate(text);
          expect(atMs === null || Number.isFinite(atMs)).toBe(true);
        },
      ),
      { numRuns: runs(2000) },
    );
    for (const text of [
      '1'.repeat(100_000),
      ' '.repeat(100_000),
      'a '.repeat(50_000),
      `Mon, ${'1 '.repeat(50_000)}`,
    ])
      readDate(text);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
