import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createCommunity } from '../community/community.ts';
import { type AccountId, asId } from '../knowledge/ids.ts';
import { createChangeLog } from './change-log.ts';
import { createFeedbackStore } from './feedback.ts';
import { openStore } from './open-store.ts';
import { createRateLimits } from './rate-limits.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { createSearchFeed } from './search-feed.ts';
import { createCuration } from './technology-corrections.ts';

const article = (step: string, products = ['Exchange Online']) =>
  `---\ntitle: Mail is stuck\nappliesto:\n${products.map((name) => `- ${name}\n`).join('')}---\n# Mail is stuck\n\n## Resolution\n\n1. ${step}\n`;

describeOnBothDatabases('a corrected technology', (databases) => {
  async function open() {
    const database = await databases.open();
    const written = writeSource();
    const now = asId<never>(Date.UTC(2026, 2, 2));
    const { source, scanner } = await watchWrittenSource(database, written, { now });
    const scan = async (step: string, products?: string[]) => {
      written.show({ 'one.md': article(step, products) });
      await scanner.scan(source);
    };
    await scan('Wait.', ['Exchange Online', 'Outlook']);
    const { archive } = openStore(database);
    const curation = createCuration(database);
    const slugs = async () =>
      (await archive.listTechnologiesOfArticle(asId(1))).map((technology) => technology.slug);
    const idOf = async (slug: string) => {
      const found = (await archive.listTechnologies()).find((technology) => technology.slug === slug);
      if (found === undefined) throw new Error(`${slug} is not kept`);
      return found.id;
    };
    const correct = async (slug: string, applies: boolean) =>
      curation.correctTechnologies({
        articleId: asId(1),
        corrections: [{ technologyId: await idOf(slug), applies }],
        curatorId: asId<AccountId>(1),
        now,
      });
    return { database, archive, curation, scan, slugs, idOf, correct, now };
  }

  test('stays so at every later scan, in what alerts match and what the search reads', async () => {
    const { database, archive, scan, slugs, idOf, correct } = await open();
    expect(await slugs()).toContain('outlook');
    expect(await correct('outlook', false)).toBe('corrected');
    expect(await slugs()).toEqual(['exchange-online']);
    const [logged] = await archive.listChanges({ limit: 1 });
    expect(logged).toMatchObject({ kind: 'revised', significance: 'invisible', alerts: false });
    await scan('Restart the transport service with another step.', ['Exchange Online', 'Outlook']);
    await scan('Restart it twice.', ['Exchange Online', 'Outlook', 'Microsoft Teams']);
    expect(await slugs()).toEqual(['exchange-online', 'teams']);
    const [change] = await archive.listChanges({ limit: 1 });
    expect(change?.technologies.map(({ slug }) => slug)).not.toContain('outlook');
    const [document] = await createSearchFeed(database).loadDocuments([asId(1)]);
    expect(document?.technologies).not.toContain(await idOf('outlook'));
    expect((await createChangeLog(database).listChangesAfter(null, 100)).length).toBeGreaterThan(2);
  });

  test('can be added, and taken back', async () => {
    const { scan, slugs, correct } = await open();
    await correct('outlook', false);
    expect(await correct('outlook', false)).toBe('left-as-it-is');
    await correct('outlook', true);
    await scan('Restart the transport service.', ['Exchange Online']);
    expect(await slugs()).toEqual(['exchange-online', 'outlook']);
  });

  test('judges the reports that asked for it', async () => {
    const { database, curation, correct, now } = await open();
    const store = createFeedbackStore(database);
    const community = createCommunity({
      store,
      permits: createRateLimits(database),
      clock: { now: () => now },
      takesAnonymous: true,
    });
    const feedbackId = await store.insertFeedback({
      articleId: asId(1),
      revision: 1,
      accountId: null,
      authorName: '',
      outcome: 'no',
      didHarm: false,
      technologyId: null,
      version: '',
      body: 'There is no such menu.',
      state: 'shown',
      mergedInto: null,
      queuedBecause: null,
      standing: 'imported',
      writtenAt: now,
      suspicion: null,
      importKey: null,
    });
    const person = { accountId: null, network: '192.0.2.1' };
    const report = { person, feedbackId, reason: 'wrong-technology', note: 'not Outlook' } as const;
    await community.reportFeedback(report);
    expect(await curation.listDoubts(5)).toMatchObject([
      { articleId: 1, reports: [{ note: 'not Outlook' }] },
    ]);
    await correct('outlook', false);
    expect(await curation.countDoubts()).toBe(0);
    const { verdict } = await database.db
      .selectFrom('feedback_reports')
      .select('verdict')
      .executeTakeFirstOrThrow();
    expect(verdict).toBe('right');
  });
});
