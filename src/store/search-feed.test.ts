import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { createSearchFeed } from './search-feed.ts';

const published = (text: string) => ({ format: 'markdown' as const, text, includes: {}, facts: {} });

describeOnBothDatabases('what the search reads', (databases) => {
  async function begin() {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    written.show(
      { 'a.md': '# First title\n\nText.', 'b.md': '# Leaves\n\nText.', 'c.md': '# Stays\n\nText.' },
      100,
    );
    written.show({ 'a.md': '# Second title\n\nText.', 'c.md': '# Stays\n\nText.' }, 200);
    written.show(
      {
        'a.md': '# Third title\n\nText.',
        'new/c.md': { aliases: ['c.md'], published: published('# Stays\n\nText.') },
      },
      300,
    );
    await scanner.importHistory(source, {});
    const feed = createSearchFeed(database);
    const ids = await feed.listArticleIds({ after: null, limit: 10 });
    return { feed, ids };
  }

  test('are articles as they are, with their former titles and the keys of now', async () => {
    const { feed, ids } = await begin();
    const documents = await feed.loadDocuments(ids);
    expect(
      documents.map(({ document, key, isRetired, formerNames }) => [
        document.title,
        key,
        isRetired,
        formerNames,
      ]),
    ).toEqual([
      ['Third title', 'a.md', false, ['First title', 'Second title']],
      ['Leaves', 'b.md', true, []],
      ['Stays', 'new/c.md', false, ['c.md']],
    ]);
  });

  test.each([
    [50, []],
    [
      150,
      [
        ['First title', false, []],
        ['Leaves', false, []],
        ['Stays', false, []],
      ],
    ],
    [
      250,
      [
        ['Second title', false, ['First title']],
        ['Leaves', true, []],
        ['Stays', false, []],
      ],
    ],
  ])('are articles as they stood at %i, without what was only to come', async (asOf, expected) => {
    const { feed, ids } = await begin();
    const documents = await feed.loadDocumentsAsOf(ids, asId<Instant>(asOf));
    expect(
      documents.map(({ document, isRetired, formerNames }) => [
        document.title,
        isRetired,
        formerNames.filter((name) => !name.endsWith('.md')),
      ]),
    ).toEqual(expected);
  });
});
