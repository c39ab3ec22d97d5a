import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { buildIndex, buildSegments } from './build-index.ts';
import { createSearch } from './create-search.ts';
import { openPart } from './index/overlay.ts';
import { joinSegments } from './newest-segments.ts';
import type { SearchAnswer } from './search-answer.ts';
import { makeSearchDocument } from './search-document.fixture.ts';
import type { SearchDocument } from './search-document.ts';
import { createAnalysers, openIndex } from './search-index.ts';
import type { Vocabulary } from './vocabulary.ts';

const vocabulary: Vocabulary = {
  groups: [
    ['Microsoft Entra ID', 'Azure Active Directory', 'Azure AD'],
    ['Outlook on the web', 'OWA', 'Outlook Web App'],
  ],
  technologies: [
    { id: asId(1), slug: 'outlook', names: ['Outlook', 'Microsoft Outlook'] },
    { id: asId(2), slug: 'exchange-online', names: ['Exchange Online', 'EXO'] },
  ],
  sources: [{ id: asId(1), name: 'kb', title: 'The knowledge base' }],
};
const day = (date: string): Instant => asId(Date.parse(date));

const articles = [
  makeSearchDocument(
    1,
    '# Outlook crashes at startup with error 0x80070002\n\n_Original KB number:_ 910336\n\n## Symptoms\n\nOutlook stops and shows "The system cannot find the file specified".\n\n## Cause\n\nAn add-in is damaged.\n\n## Resolution\n\n1. Start Outlook in safe mode.\n2. Disable the add-in. See [vanished appointments](calendar.md).\n',
    { key: 'outlook/crash-at-startup.md', technologies: [asId(1)], changedAt: day('2021-03-01') },
  ),
  makeSearchDocument(
    2,
    "# Calendar items can't be deleted in Outlook Web App\n\n## Symptoms\n\nItems come back. The event log shows -2147024894.\n\n## Resolution\n\nRun `Set-Mailbox -Identity user` and wait.\n",
    { key: 'outlook/calendar.md', technologies: [asId(1), asId(2)], changedAt: day('2022-05-05') },
  ),
  makeSearchDocument(
    3,
    '# Sync Azure Active Directory with a certificate\n\n## Cause\n\nThe certificate has expired. Mentions KB910336 too, and ERROR_FILE_NOT_FOUND.\n',
    { key: 'identity/sync.md', changedAt: day('2022-01-01'), hasRemedy: true },
  ),
  makeSearchDocument(4, '# Outlook 97 does not print\n\nRetired long ago.\n', {
    key: 'outlook/print-97.md',
    isRetired: true,
    formerNames: ['Printing troubles of the old days'],
  }),
];
const search = createSearch(buildIndex(articles, vocabulary));
const find = (query: string, limit = 10) => search.search({ query, limit });
const ids = (query: string) => find(query).hits.map(({ articleId }) => articleId);
const textOf = (parts: SearchAnswer['hits'][number]['snippet']) =>
  parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');

describe('the search finds', () => {
  test.each([
    ['all spellings of a code', '-2147024894', [1, 2, 3]],
    ['a code by its name', 'error_file_not_found', [3, 1, 2]],
    ['a number, its own article first', 'kb 910336', [1, 3]],
    ['the number alone', 'Q910336', [1, 3]],
    ['other names of a product', 'Azure AD certificate', [3]],
    ['an abbreviation', 'OWA', [2]],
    ['short forms of not', 'calendar items cannot be deleted', [2]],
    ['a phrase', '"cannot find the file"', [1]],
    ['no phrase in another order', '"find cannot the file"', []],
    ['a compound as a whole', 'Set-Mailbox', [2]],
    ['other forms of words', 'crash', [1]],
    ['words of the path', 'outlook calendar', [2]],
    ['without a word', 'outlook -calendar', [1]],
    ['either of two', 'crash OR certificate', [3, 1]],
    ['in the title', 'title:certificate', [3]],
    ['in no other place than the title', 'title:expired', []],
    ['in a section', 'section:cause certificate', [3]],
    ['in no other section', 'section:symptoms certificate', []],
    ['a kind of section', 'section:resolution', [2, 1]],
    ['a technology', 'product:"Microsoft Outlook"', [2, 1]],
    ['a source', 'source:kb calendar', [2]],
    ['what changed', 'changed:>2022-01', [2]],
    ['what has a remedy', 'has:remedy', [3]],
    ['retired articles on request', 'is:retired', [4]],
    ['nothing of a language that is not there', 'lang:de outlook', []],
  ])('%s', (_, query, expected) => {
    expect(ids(query)).toEqual(expected);
    expect(find(query).notUnderstood).toEqual([]);
  });

  test('registry paths with their roots in full and in short', () => {
    const path = 'SOFTWARE\\\\Microsoft\\\\Office\\\\16.0';
    const all = [
      makeSearchDocument(1, `# A key\n\nSet \`HKEY_LOCAL_MACHINE\\\\${path}\\\\Common\`.`),
      makeSearchDocument(2, `# Another key\n\nSet \`HKLM\\\\${path}\`.`),
      makeSearchDocument(3, '# Office\n\nMicrosoft software 16.0 for the local machine.'),
    ];
    const searched = createSearch(buildIndex(all, vocabulary));
    for (const root of ['HKLM', 'HKEY_LOCAL_MACHINE', 'hklm']) {
      const { hits } = searched.search({ query: `${root}\\SOFTWARE\\Microsoft\\Office`, limit: 5 });
      expect(hits.map(({ articleId }) => articleId).sort()).toEqual([1, 2]);
    }
  });

  test('no retired articles otherwise, and former names', () => {
    expect(ids('print')).toEqual([]);
    expect(ids('is:retired "troubles of the old days"')).toEqual([4]);
  });

  test('of many words those articles that have most of them', () => {
    const { hits } = find('outlook crashes at startup with damaged zebra');
    expect(hits.map(({ articleId, missing }) => [articleId, missing])).toEqual([[1, ['zebra']]]);
  });

  test('nothing, but shows what is near, below', () => {
    const { hits, near, total } = find('outlook zebra');
    expect([hits, total]).toEqual([[], 0]);
    expect(near[0]).toMatchObject({ articleId: 1, missing: ['zebra'] });
  });

  test('an article by what others call it where they link to it', () => {
    expect(find('vanished appointments').near[0]?.articleId).toBe(2);
  });
});

describe('an answer', () => {
  test('marks what was asked for in title and snippet', () => {
    const [hit] = find('0x80070002').hits;
    expect(textOf(hit?.title ?? [])).toBe('Outlook crashes at startup with error [0x80070002]');
    expect(textOf(find('"system cannot find"').hits[0]?.snippet ?? [])).toContain('[system cannot find]');
    expect(textOf(find('damaged').hits[0]?.snippet ?? [])).toBe('An add-in is [damaged].');
  });

  test('counts what was found by technology, source, year and section', () => {
    const { facets, total } = find('outlook OR certificate');
    expect(total).toBe(3);
    expect(facets.technologies).toEqual([
      { id: 1, count: 2 },
      { id: 2, count: 1 },
    ]);
    expect(facets.sources).toEqual([{ id: 1, count: 3 }]);
    expect(facets.years).toEqual([
      { year: 2022, count: 2 },
      { year: 2021, count: 1 },
    ]);
    expect(facets.sections).toContainEqual({ kind: 'cause', count: 2 });
  });

  test('sorts by last change on request', () => {
    const { hits } = search.search({ query: 'outlook OR certificate', limit: 10, sort: 'changed' });
    expect(hits.map(({ articleId }) => articleId)).toEqual([2, 3, 1]);
  });

  test('comes in pages that do not overlap', () => {
    const whole = find('outlook OR certificate').hits;
    const paged = [0, 1, 2, 3].flatMap(
      (offset) => search.search({ query: 'outlook OR certificate', limit: 1, offset }).hits,
    );
    expect(paged.map(({ articleId }) => articleId)).toEqual(whole.map(({ articleId }) => articleId));
  });

  test('proposes a better spelling', () => {
    expect(find('calender deleted').didYouMean).toBe('calendar deleted');
    expect(find('outlok').didYouMean).toBe('outlook');
    expect(find('certificateexpired').didYouMean).toBe('certificate expired');
    expect(find('outlook').didYouMean).toBeNull();
  });

  test('proposes the usual spelling of a word that hardly anybody wrote', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      makeSearchDocument(at + 1, '# Share a calendar\n\nText.'),
    );
    const wrong = makeSearchDocument(100, '# Share the calender folder\n\nText.');
    const searched = createSearch(buildIndex([...many, wrong], vocabulary));
    expect(searched.search({ query: 'shared calender', limit: 1 }).didYouMean).toBe('shared calendar');
    expect(searched.search({ query: 'shared folder', limit: 1 }).didYouMean).toBeNull();
  });

  test.each(['', '   ', '!!!', '-', '""', '()', 'the', 'OR'])('to %j is none that fails', (query) => {
    expect(find(query).total).toBeTypeOf('number');
  });
});

describe('suggestions', () => {
  test('continue titles, technologies, codes and numbers', () => {
    expect(search.suggest('calend', 5)).toContainEqual({
      kind: 'article',
      text: "Calendar items can't be deleted in Outlook Web App",
      articleId: 2,
    });
    expect(search.suggest('exch', 5)[0]).toEqual({
      kind: 'technology',
      text: 'Exchange Online',
      technologyId: 2,
    });
    expect(search.suggest('0x8007', 5)[0]).toEqual({
      kind: 'code',
      text: '0x80070002',
      meaning: 'ERROR_FILE_NOT_FOUND',
    });
    expect(search.suggest('KB9103', 5)).toMatchObject([{ kind: 'article', articleId: 1 }]);
    expect(search.suggest('  ', 5)).toEqual([]);
  });
});

describe('the answer does not depend', () => {
  const words = [
    'outlook',
    'crash',
    'calendar',
    'sync',
    'Azure AD',
    '0x80070002',
    'KB910336',
    "can't",
    'print',
    'OWA',
  ];
  const text = fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
    .map((all) => all.join(' '));
  const library = fc
    .array(fc.tuple(text, text, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 12 })
    .map((all) =>
      all.map(([title, body, year], at) =>
        makeSearchDocument(at + 1, `# ${title}\n\n${body} [${title}](article-${(at % 4) + 1}.md)\n`, {
          changedAt: day(`202${year}-01-01`),
        }),
      ),
    );
  const ask = (searched: ReturnType<typeof createSearch>, query: string) =>
    searched.search({ query, limit: 5 });

  test('on the order of the documents', () => {
    fc.assert(
      fc.property(library, text, fc.infiniteStream(fc.nat()), (all, query, chance) => {
        const shuffled = all
          .map((each): [number, SearchDocument] => [chance.next().value ?? 0, each])
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        const expected = ask(createSearch(buildIndex(all, vocabulary)), query);
        expect(ask(createSearch(buildIndex(shuffled, vocabulary)), query)).toEqual(expected);
      }),
      { numRuns: runs(60) },
    );
  });

  test('on whether the index was followed or built anew', () => {
    fc.assert(
      fc.property(library, fc.nat(11), text, (all, from, query) => {
        const analyserOf = createAnalysers(vocabulary);
        const outdated = all.map((each, at) =>
          at < from ? each : makeSearchDocument(each.articleId, '# Quite another\n\nOutlook text.\n'),
        );
        const segments = [
          ...buildSegments(outdated, analyserOf),
          ...buildSegments(all.slice(from), analyserOf),
        ];
        const parts = joinSegments(segments, analyserOf).parts.map(({ segment, overlay }) =>
          openPart(segment, overlay),
        );
        const followed = createSearch(openIndex(parts, vocabulary));
        expect(ask(followed, query)).toEqual(ask(createSearch(buildIndex(all, vocabulary)), query));
      }),
      { numRuns: runs(60) },
    );
  });
});
