import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { asId } from '../knowledge/ids.ts';
import { buildIndex } from './build-index.ts';
import { createSearch } from './create-search.ts';
import { makeSearchDocument } from './search-document.fixture.ts';
import type { Vocabulary } from './vocabulary.ts';

const vocabulary: Vocabulary = {
  groups: [['Microsoft Entra ID', 'Azure Active Directory', 'Azure AD']],
  technologies: [{ id: asId(1), slug: 'outlook', names: ['Outlook'] }],
  sources: [{ id: asId(1), name: 'kb', title: 'The knowledge base' }],
};
const pieces = [
  ...[
    'outlook',
    'Azure AD',
    "can't",
    'the',
    'not',
    '0x80070002',
    '-2147024894',
    'KB910336',
    'kb 910336',
    '5.7.1',
  ],
  ...['Set-Mailbox', 'HKLM\\Software', 'C:\\a.txt', 'ERROR_FILE_NOT_FOUND', '0xC0000022', '99999999999'],
  ...[
    'title:',
    'product:',
    'source:kb',
    'kb:',
    'code:',
    'section:cause',
    'changed:>2021',
    'reviewed:',
    'new:..2020',
  ],
  ...['is:retired', 'is:', 'has:remedy', 'lang:en', 'lang:', 'http://', 'a:b'],
  ...[
    '(',
    ')',
    '((',
    '"',
    '“',
    '«',
    '-',
    '--',
    '-(',
    'OR',
    'AND',
    'NOT',
    '||',
    '>',
    '..',
    ':',
    '\\',
    '*',
    '%',
    '\0',
  ],
  ...['\ud800', '\udc00', '\u202e', '\u00a0', '🙂', 'ﬃ', 'İ', 'ß', '漢字', 'ไทย', 'é', '\n', '\t', ' '],
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((all) => all.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((all) => all.join(' ')),
);

test('no text makes the search or its suggestions fail, whatever the articles say', () => {
  const document = fc.tuple(anyText, anyText, anyText, fc.boolean());
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 4 }),
      anyText,
      fc.nat(5),
      fc.nat(5),
      (all, query, limit, offset) => {
        const documents = all.map(([title, cause, former, isRetired], at) =>
          makeSearchDocument(
            at + 1,
            `# ${title}\n\n${cause}\n\n## Cause\n\n[${title}](article-1.md) ${cause}`,
            {
              formerNames: [former],
              isRetired,
            },
          ),
        );
        const search = createSearch(buildIndex(documents, vocabulary));
        for (const sort of ['relevance', 'changed'] as const) {
          const answer = search.search({ query, limit, offset, sort });
          expect(answer.hits.length).toBe(Math.max(0, Math.min(limit, answer.total - offset)));
          expect(answer.total).toBeLessThanOrEqual(documents.length);
          expect(answer.hits.length + answer.near.length).toBeLessThanOrEqual(limit);
          for (const { snippet, title, score } of [...answer.hits, ...answer.near]) {
            expect(Number.isFinite(score)).toBe(true);
            expect([...snippet, ...title].every(({ text }) => text.isWellFormed())).toBe(true);
          }
          const counted = answer.facets.sources.reduce((sum, { count }) => sum + count, 0);
          expect(counted).toBe(answer.total);
        }
        expect(search.suggest(query, limit).length).toBeLessThanOrEqual(limit);
      },
    ),
    { numRuns: runs(400) },
  );
});
