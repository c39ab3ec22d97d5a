import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { asId } from '../knowledge/ids.ts';
import { buildIndex } from './build-index.ts';
import { createSearch } from './create-search.ts';
import { createSavedSearchMatcher, matchSavedSearches } from './match-saved-searches.ts';
import { makeSearchDocument } from './search-document.fixture.ts';
import type { SearchDocument } from './search-document.ts';
import type { Vocabulary } from './vocabulary.ts';

const vocabulary: Vocabulary = {
  groups: [
    ['Microsoft Entra ID', 'Azure Active Directory', 'Azure AD'],
    ['Outlook on the web', 'OWA'],
  ],
  technologies: [{ id: asId(5), slug: 'outlook', names: ['Outlook'] }],
  sources: [],
};

const word = fc.constantFrom(
  ...[
    'outlook',
    'crashes',
    'crash',
    'the',
    'not',
    "can't",
    'cannot',
    'error',
    'Azure',
    'AD',
    'OWA',
    'Set-Mailbox',
  ],
  ...[
    'mailbox',
    'e-mail',
    'email',
    '0x80070002',
    '-2147024894',
    'KB910336',
    '910336',
    '5.7.1',
    'web',
    'directory',
  ],
);
const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const document = fc
  .record({
    title: text,
    cause: text,
    resolution: text,
    isRetired: fc.boolean(),
    former: fc.option(text, { nil: null }),
    language: fc.constantFrom('en', 'de'),
    technologies: fc.subarray([asId<SearchDocument['technologies'][number]>(5)]),
  })
  .map(({ title, cause, resolution, isRetired, former, language, technologies }) => (id: number) => {
    const made = makeSearchDocument(
      id,
      `# ${title}\n\n## Cause\n\n${cause}\n\n## Resolution\n\n1. ${resolution}\n2. ${cause}\n`,
      { isRetired, technologies, formerNames: former === null ? [] : [former] },
    );
    return { ...made, document: { ...made.document, language } };
  });
const documents = fc
  .array(document, { minLength: 1, maxLength: 6 })
  .map((makers) => makers.map((make, at) => make(at + 1)));
const query = fc.oneof(
  { weight: 3, arbitrary: text },
  fc
    .array(
      fc.oneof(
        word,
        text.map((words) => `"${words}"`),
        word.map((one) => `-${one}`),
        word.map((one) => `title:${one}`),
        text.map((words) => `(${words})`),
        fc.constantFrom(
          'OR',
          'section:cause',
          'is:retired',
          'product:outlook',
          'code:2',
          'kb:910336',
          'lang:de',
        ),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join(' ')),
);

function findWith(all: readonly SearchDocument[], asked: string): number[] {
  const { hits, total } = createSearch(buildIndex(all, vocabulary)).search({ query: asked, limit: 100 });
  expect(hits).toHaveLength(total);
  return hits.map(({ articleId }) => articleId).sort((a, b) => a - b);
}

describe('a saved search', () => {
  test('matches a revision exactly when the search over that one revision returns it', () => {
    fc.assert(
      fc.property(documents, fc.array(query, { maxLength: 6 }), (all, queries) => {
        const savedSearches = queries.map((each, id) => ({ id, query: each }));
        const matches = matchSavedSearches({ documents: all, savedSearches, vocabulary });
        const expected = savedSearches.flatMap(({ id, query: asked }) =>
          all.flatMap((each, place) => (findWith([each], asked).length > 0 ? [{ id, place }] : [])),
        );
        expect(matches).toEqual(expected);
      }),
      { numRuns: runs(150) },
    );
  });

  test('finds an article in company exactly when it finds it alone', () => {
    fc.assert(
      fc.property(documents, query, (all, asked) => {
        const alone = all
          .filter((each) => findWith([each], asked).length > 0)
          .map(({ articleId }) => articleId);
        expect(findWith(all, asked)).toEqual(alone);
      }),
      { numRuns: runs(150) },
    );
  });

  test('matches one by one as it does among others, until it is removed', () => {
    fc.assert(
      fc.property(documents, fc.array(query, { minLength: 1, maxLength: 6 }), (all, queries) => {
        const matcher = createSavedSearchMatcher<number>(vocabulary);
        const opened = matcher.open(all);
        const one: string[] = [];
        const together: string[] = [];
        queries.forEach((each, id) => {
          matcher.add({ id, query: 'something else' });
          matcher.add({ id, query: each });
          matcher.matchOne(id, opened, (match, place) => one.push(`${match} ${place}`));
        });
        matcher.match(opened, (match, place) => together.push(`${match} ${place}`));
        expect(together.sort()).toEqual(one.sort());
        for (const id of queries.keys()) matcher.remove(id);
        matcher.match(opened, () => expect.unreachable());
        expect(matcher.size).toBe(0);
      }),
      { numRuns: runs(50) },
    );
  });
});
