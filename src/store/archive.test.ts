import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { type ArticleId, asId, type ChangeId, type Instant, type ScanId } from '../knowledge/ids.ts';
import { createArchive } from './archive.ts';
import type { Database } from './database.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';

const day = 86_400_000;
const at = (instant: number) => asId<Instant>(instant);

/** An article that says to which products it applies. */
const article = (title: string, body: string, products: readonly string[]) =>
  `---\ntitle: ${title}\nappliesto:\n${products.map((product) => `- ${product}\n`).join('')}---\n# ${title}\n\n${body}\n`;

const steps = (verb: string) =>
  `## Resolution\n\n1. ${verb} the connector with \`Set-Connector -Enabled $true\`.\n`;

describeOnBothDatabases('the archive', (databases) => {
  test('finds articles by whatever names them, present names first', async () => {
    const { archive, find } = await fill(await databases.open());
    const mail = await find('mail');
    expect(await archive.findArticle(mail.id)).toEqual(mail);
    expect(await archive.findArticlesByName(String(mail.id))).toEqual([mail]);
    expect(await archive.findArticlesByName('  https://kb.example/mail ')).toEqual([mail]);
    expect(await archive.findArticlesByName('nothing like it')).toEqual([]);
    const sheets = await find('sheets');
    expect(await archive.listArticles([sheets.id, asId<ArticleId>(9999), mail.id])).toEqual([sheets, mail]);
    expect(await archive.findArticle(asId<ArticleId>(9999))).toBeNull();
  });

  test('shows the title that each revision had', async () => {
    const { archive, find } = await fill(await databases.open());
    const { id } = await find('mail');
    expect((await archive.listRevisions(id)).map(({ number, title }) => [number, title])).toEqual([
      [3, 'Mail is late'],
      [2, 'Mail is late'],
      [1, 'Mail'],
    ]);
    expect((await archive.loadRevision(id, 1))?.title).toBe('Mail');
    expect((await archive.loadRevision(id, 2))?.title).toBe('Mail is late');
    expect((await archive.loadRevision(id, 3))?.document.title).toBe('Mail is late');
    expect(await archive.loadRevision(id, 0)).toBeNull();
    expect(await archive.loadRevision(id, 4)).toBeNull();
  });

  test('pages through changes, newest first, none left out and none twice', async () => {
    const { archive } = await fill(await databases.open());
    const all = await archive.listChanges({ limit: 100 });
    const paged: ChangeId[] = [];
    for (;;) {
      const before = paged.at(-1);
      const page = await archive.listChanges({ limit: 2, ...(before !== undefined && { before }) });
      if (page.length === 0) break;
      paged.push(...page.map(({ id }) => id));
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    expect(paged).toEqual([...paged].sort((a, b) => b - a));
    expect(await archive.findChange(paged[0] ?? asId<ChangeId>(0))).toEqual(all[0]);
    expect(await archive.findChange(asId<ChangeId>(9999))).toBeNull();
  });

  test('takes from the changes those that are asked for', async () => {
    const { archive, find, source } = await fill(await databases.open());
    const list = async (filter: Omit<Parameters<typeof archive.listChanges>[0], 'limit'>) =>
      (await archive.listChanges({ limit: 100, ...filter })).map(
        ({ kind, article: { key }, toRevision }) => `${kind} ${key} ${toRevision}`,
      );
    expect(await list({ onlyAlerting: true })).toEqual([
      'revised mail 3',
      'created calendar 1',
      'revised mail 2',
    ]);
    expect(await list({ kinds: ['created'], occurredFrom: at(2 * day) })).toEqual(['created calendar 1']);
    expect(await list({ kinds: [] })).toEqual([]);
    expect(await list({ occurredBefore: at(2 * day), sourceId: source.id })).toHaveLength(2);
    expect(await list({ articleId: (await find('sheets')).id })).toEqual(['created sheets 1']);
    expect(await list({ leastSignificance: 'material' })).not.toContain('revised mail 3');
    expect(await list({ withoutBulkEdits: true })).toHaveLength(5);
    const [last] = await archive.listScans({ limit: 1, sourceId: source.id });
    expect(await list({ scanId: last?.id ?? asId<ScanId>(0) })).toEqual(['revised mail 3']);
  });

  test('knows the technologies of changes and articles, with all that is above them', async () => {
    const { archive, find, technology } = await fill(await databases.open());
    const [exchange, online] = [await technology('exchange'), await technology('exchange-online')];
    const [excel, root] = [await technology('excel'), await technology('microsoft-365')];
    const keysOf = async (id: typeof exchange) => {
      const changes = await archive.listChanges({ limit: 100, technologyId: id, kinds: ['created'] });
      return changes.map(({ article: { key } }) => key).sort();
    };
    expect(await keysOf(online)).toEqual(['mail']);
    expect(await keysOf(exchange)).toEqual(['calendar', 'mail']);
    expect(await keysOf(root)).toEqual(['calendar', 'mail', 'sheets']);
    const [paged] = await archive.listChanges({ limit: 1, technologyId: online });
    expect(paged?.technologies.map(({ slug }) => slug)).toEqual(['exchange-online']);
    if (paged)
      expect(await archive.listChanges({ limit: 9, technologyId: online, before: paged.id })).toHaveLength(2);

    const mail = await find('mail');
    expect((await archive.listTechnologiesOfArticle(mail.id)).map(({ slug }) => slug)).toEqual([
      'exchange-online',
    ]);
    const counts = await archive.countArticlesByTechnology();
    expect([exchange, online, excel, root].map((id) => counts.get(id))).toEqual([2, 1, 1, 3]);
    const first = await archive.listArticlesOfTechnology(exchange, { limit: 1, after: null });
    const second = await archive.listArticlesOfTechnology(exchange, {
      limit: 5,
      after: first[0]?.id ?? null,
    });
    expect([...first, ...second].map(({ key }) => key).sort()).toEqual(['calendar', 'mail']);
    const changed = await archive.countChangesByTechnology(at(2 * day), 'invisible');
    expect(changed.find(({ technologyId }) => technologyId === online)?.changes).toBe(2);
    expect(changed[0]?.changes).toBe(3);
  });

  test('counts', async () => {
    const { archive, find } = await fill(await databases.open());
    expect(await archive.countArticles()).toEqual({ active: 3, retired: 0, revisions: 5 });
    const days = await archive.countChangesByDay({});
    expect([...new Set(days.map((each) => each.day))]).toEqual(['1970-01-02', '1970-01-03', '1970-01-04']);
    expect(days.reduce((sum, { changes }) => sum + changes, 0)).toBe(5);
    expect(await archive.listMostChangedArticles({ limit: 1 })).toEqual([
      { article: await find('mail'), changes: 3 },
    ]);
  });

  test('keeps the same edit in many articles as one bulk edit', async () => {
    const database = await databases.open();
    const archive = createArchive(database);
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    const show = (name: string) =>
      written.show(
        Object.fromEntries(
          Array.from({ length: 12 }, (_, n) => [
            `a${n}`,
            `# Article ${n}\n\nOpen ${name} and wait ${n} minutes.`,
          ]),
        ),
      );
    show('Azure AD');
    await scanner.scan(source);
    show('Microsoft Entra ID');
    await scanner.scan(source);
    const [bulkEdit, ...others] = await archive.listBulkEdits({ limit: 10 });
    if (!bulkEdit) throw new Error('no bulk edit');
    expect(others).toEqual([]);
    expect(bulkEdit).toMatchObject({
      articleCount: 12,
      sentence: expect.stringContaining('Microsoft Entra ID'),
    });
    expect(await archive.findBulkEdit(bulkEdit.id)).toEqual(bulkEdit);
    const members = await archive.listChanges({ limit: 100, bulkEditId: bulkEdit.id });
    expect(members).toHaveLength(12);
    expect(new Set(members.map(({ significance }) => significance))).toEqual(
      new Set([bulkEdit.significance]),
    );
    expect(await archive.listChanges({ limit: 100, withoutBulkEdits: true, kinds: ['revised'] })).toEqual([]);
    expect(await archive.listBulkEdits({ limit: 10, scanId: asId<ScanId>(9999) })).toEqual([]);
  });
});

/** Three nights: two articles; one gets another title and other steps, a third comes; then a wording changes. */
async function fill(database: Database) {
  const archive = createArchive(database);
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written);
  const sheets = article('Sheets', 'Cells are empty.', ['Excel']);
  written.show({ mail: article('Mail', steps('Stop'), ['Exchange Online']), sheets }, day);
  await scanner.scan(source);
  const calendar = article('Calendar', 'Meetings vanish.', ['Exchange']);
  const late = article('Mail is late', steps('Remove'), ['✅ Exchange Online']);
  written.show({ mail: late, sheets, calendar }, 2 * day);
  await scanner.scan(source);
  written.show({ mail: `${late}\n`, sheets, calendar }, 3 * day);
  await scanner.scan(source);
  return {
    archive,
    source,
    async find(key: string) {
      const [found] = await archive.findArticlesByName(key);
      if (!found) throw new Error(`There is no article ${key}.`);
      return found;
    },
    async technology(slug: string) {
      const found = (await archive.listTechnologies()).find((each) => each.slug === slug);
      if (!found) throw new Error(`There is no technology ${slug}.`);
      return found.id;
    },
  };
}
