import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { asId } from '../../knowledge/ids.ts';
import { queryHelp } from '../query-help.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { parseQuery } from './parse-query.ts';
import type { QueryNode } from './query-tree.ts';

const vocabulary: Vocabulary = {
  groups: [],
  technologies: [{ id: asId(7), slug: 'exchange-online', names: ['Exchange Online', 'EXO'] }],
  sources: [{ id: asId(3), name: 'office', title: 'Office knowledge base' }],
};
const treeOf = (text: string) => parseQuery(text, vocabulary).tree;
const words = (...runs: string[]): QueryNode => ({ kind: 'words', runs, scope: null });

describe('a query', () => {
  test('is words at first', () => {
    expect(treeOf('outlook does not start')).toEqual(words('outlook does not start'));
  });

  test('takes phrases, exclusions, alternatives and groups', () => {
    expect(treeOf('"cannot open" -mac')).toEqual({
      kind: 'all',
      parts: [
        { kind: 'phrase', text: 'cannot open', scope: null },
        { kind: 'not', part: words('mac') },
      ],
    });
    expect(treeOf('teams crash OR freeze')).toEqual({
      kind: 'all',
      parts: [words('teams'), { kind: 'any', parts: [words('crash'), words('freeze')] }],
    });
    expect(treeOf('-(a b)')).toEqual({ kind: 'not', part: words('a b') });
  });

  test('asks for words in the title, alone, as a phrase and as a group', () => {
    const scope = { kind: 'title' };
    expect(treeOf('title:send')).toEqual({ kind: 'words', runs: ['send'], scope });
    expect(treeOf('title:"send as"')).toEqual({ kind: 'phrase', text: 'send as', scope });
    expect(treeOf('title:(a OR b)')).toMatchObject({ kind: 'any', parts: [{ scope }, { scope }] });
  });

  test('takes a section as the place where its words stand', () => {
    expect(treeOf('section:cause certificate')).toEqual({
      kind: 'all',
      parts: [
        { kind: 'filter', filter: { kind: 'section', sections: ['cause'] } },
        { kind: 'words', runs: ['certificate'], scope: { kind: 'sections', sections: ['cause'] } },
      ],
    });
  });

  test.each([
    ['product:exchange-online', { kind: 'technology', ids: [7] }],
    ['product:"Exchange Online"', { kind: 'technology', ids: [7] }],
    ['product:exo', { kind: 'technology', ids: [7] }],
    ['source:office', { kind: 'source', ids: [3] }],
    ['kb:Q910336', { kind: 'kb', number: 'KB910336' }],
    ['is:retired', { kind: 'retired', isRetired: true }],
    ['has:remedy', { kind: 'remedy' }],
    ['has:workaround', { kind: 'section', sections: ['workaround'] }],
    ['lang:pt-BR', { kind: 'language', language: 'pt' }],
    ['changed:2021-06', { kind: 'changed', fromDay: 18779, beforeDay: 18809 }],
    ['changed:>2021-06', { kind: 'changed', fromDay: 18809, beforeDay: null }],
    ['new:<2021', { kind: 'new', fromDay: null, beforeDay: 18628 }],
    ['reviewed:2021-01-01..2021-01-02', { kind: 'reviewed', fromDay: 18628, beforeDay: 18630 }],
  ])('understands %s', (text, filter) => {
    expect(parseQuery(text, vocabulary)).toEqual({ tree: { kind: 'filter', filter }, notUnderstood: [] });
  });

  test('asks for a code in all its meanings', () => {
    expect(treeOf('code:2')).toMatchObject({
      filter: { codes: [2, 0x80070002], names: expect.arrayContaining(['error_file_not_found']) },
    });
    expect(treeOf('-2147024894')).toEqual(words('-2147024894'));
  });

  test.each([
    ['product:nonsense', 'No technology is called “nonsense”. It was read as words.'],
    ['changed:yesterday', /is no date; write changed:2021-06/],
    ['section:introduction', /is no section; there are summary, symptoms/],
    ['kb:', 'Nothing stands behind “kb:”; it was read as a word.'],
    ['colour:red', '“colour:” is nothing that can be asked for; it was read as a word.'],
  ])('reads %s as words and says so', (text, note) => {
    const { tree, notUnderstood } = parseQuery(text, vocabulary);
    expect(tree.kind).toBe('words');
    expect(notUnderstood).toEqual([expect.stringMatching(note)]);
  });

  test('of a pasted message is words, colons and all', () => {
    const message = 'System.IO.IOException: The process cannot access C:\\Temp\\a.txt';
    expect(parseQuery(message, vocabulary)).toEqual({ tree: words(message), notUnderstood: [] });
  });

  test('never fails, whatever it is', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      '-',
      ' OR ',
      'title:',
      'kb:',
      'section:cause ',
      'a',
      ' ',
      '“',
      ':',
      '..',
      '>',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          const { tree, notUnderstood } = parseQuery(text, vocabulary);
          expect(tree.kind).toBeTypeOf('string');
          expect(notUnderstood.every((note) => note.length > 0)).toBe(true);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  test('that is very long is cut, and says so', () => {
    expect(parseQuery('word '.repeat(100_000), vocabulary).notUnderstood).toHaveLength(1);
    expect(parseQuery('('.repeat(100_000), vocabulary).notUnderstood).toHaveLength(1);
  });

  test.each(queryHelp)('is read as the help says: $syntax', ({ example }) => {
    expect(parseQuery(example, vocabulary).notUnderstood).toEqual([]);
  });
});
