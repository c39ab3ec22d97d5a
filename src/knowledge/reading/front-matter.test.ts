import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runs } from '../../../tests/sizes.ts';
import { readAppliesTo } from './applies-to.ts';
import { readFrontMatter } from './front-matter.ts';
import { readVendorDate } from './vendor-date.ts';

describe('front matter', () => {
  test('stands between two lines of hyphens at the very top', () => {
    const { values, body, warning } = readFrontMatter(
      '\uFEFF---\r\ntitle: A\r\nList:\r\n- x\r\n- y\r\n---\r\nbody',
    );
    expect(Object.fromEntries(values)).toEqual({ title: 'A', list: ['x', 'y'] });
    expect([body, warning]).toEqual(['body', null]);
  });

  test('is none where it does not begin at the top, or does not end', () => {
    for (const text of ['a\n---\nb: c\n---\n', '---\ntitle: x\n', '']) {
      expect(readFrontMatter(text)).toEqual({ values: new Map(), body: text, warning: null });
    }
  });

  test('with anchors is read line by line: expanding them could take forever', () => {
    const { values, warning } = readFrontMatter('---\na: &x [1]\nb: *x\nc: fine\n---\n');
    expect(values.get('c')).toBe('fine');
    expect(warning).toMatch(/unusual YAML/);
  });

  test('read the fast way is what a YAML parser reads', () => {
    const word = fc.constantFrom(
      'a',
      'B c',
      "it's",
      'x:y',
      'C#',
      '1.5',
      '✅ D',
      'true',
      '"q"',
      "'s'",
      '(e), f',
      'https://x.y/z',
      '',
      '-',
      '# c',
      'a # b',
      'a: b',
      '[x]',
      '|',
      '%p',
    );
    const line = fc.oneof(
      fc.tuple(fc.constantFrom('title', 'ms.date', 'k_1'), word).map(([key, value]) => `${key}: ${value}`),
      fc.tuple(fc.constantFrom('- ', '  - ', '-  '), word).map(([dash, value]) => `${dash}${value}`),
      fc.constantFrom('list:', 'other: ', '', '  '),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const source = `${lines.join('\n')}\n`;
        const { values, warning } = readFrontMatter(`---\n${source}---\n`);
        if (warning !== null) return;
        const expected: unknown = parse(source, { uniqueKeys: false, schema: 'failsafe' });
        const plain = typeof expected === 'object' && expected !== null ? expected : {};
        const asText = (value: unknown): unknown =>
          Array.isArray(value) ? value.map(asText) : value === null || value === '' ? '' : String(value);
        const readable = Object.entries(plain).map(([key, value]) => [key, asText(value)]);
        const read = [...values].map(([key, value]) => [key, asText(value)]);
        expect(Object.fromEntries(read)).toEqual(Object.fromEntries(readable));
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('names of products', () => {
  test.each<[string, unknown, string[]]>([
    ['a list', ['Exchange Online', ' Exchange Online ', 'exchange online'], ['Exchange Online']],
    ['a list of maps', [{ product: 'Teams' }, { name: 'Outlook', versions: '2016' }], ['Teams', 'Outlook']],
    [
      'a check mark and tags',
      ['✅ <b>Exchange Online</b>', '✅ <a href="https://x.y">SharePoint</a>'],
      ['Exchange Online', 'SharePoint'],
    ],
    ['HTML with breaks', '✅ <b>Word</b><br/>✅ <b>Excel&nbsp;2016</b>', ['Word', 'Excel 2016']],
    [
      'one text with commas',
      'Outlook 2010, Outlook 2013,Office 365',
      ['Outlook 2010', 'Outlook 2013', 'Office 365'],
    ],
    [
      'commas that part no names',
      ['Directories, Domains, and Objects', 'Word for iPad, iPhone and iPod'],
      ['Directories, Domains, and Objects', 'Word for iPad, iPhone and iPod'],
    ],
    [
      'commas in parentheses',
      'Microsoft 365 (Enterprise, Business)',
      ['Microsoft 365 (Enterprise, Business)'],
    ],
    ['marks of lists in lists', ['- Word 2007', '**Excel**'], ['Word 2007', 'Excel']],
    ['a link in Markdown', '[Teams](https://x.y)', ['Teams']],
    ['a remark for editors', ['Office Online Server - duplicate (do not use)'], ['Office Online Server']],
    ['a label', 'Applies to: .NET Framework', ['.NET Framework']],
    ['a number', [365], ['365']],
    ['nothing', null, []],
  ])('are read from %s', (_shape, value, names) => {
    expect(readAppliesTo(value)).toEqual(names);
  });
});

describe("a vendor's date", () => {
  test.each([
    ['3/4/2021', '2021-03-04'],
    ['03/04/2021', '2021-03-04'],
    ['31/12/2021', '2021-12-31'],
    ['2021-3-4', '2021-03-04'],
    ['2021/03/04', '2021-03-04'],
    ['2021-03-04T12:00:00Z', '2021-03-04'],
    ['3/4/21', '2021-03-04'],
    ['March 4, 2021', '2021-03-04'],
    ['Sept. 4th 2021', '2021-09-04'],
    ['4 March 2021', '2021-03-04'],
    ['29.02.2020', '2020-02-29'],
    ['2/29/2021', null],
    ['9/312021', null],
    ['13/13/2021', null],
    ['soon', null],
    ['', null],
  ])('"%s" is %s', (text, date) => {
    expect(readVendorDate(text)).toBe(date);
  });
});
