import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { type AccountId, asId, type Instant } from '../knowledge/ids.ts';
import { createDigestLedger } from './digests.ts';
import { openStore } from './open-store.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { createSearchFeed } from './search-feed.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createCuration } from './technology-corrections.ts';
import { createTechnologyRuleBook } from './technology-rules.ts';

const day = (n: number) => asId<Instant>(Date.UTC(2026, 2, n, 7));
const article = (title: string, product: string, step = 'Wait.') =>
  `---\ntitle: ${title}\nappliesto:\n- ${product}\n---\n# ${title}\n\n## Resolution\n\n1. ${step}\n`;

describeOnBothDatabases('a rule for the technologies of a source', (databases) => {
  async function open() {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written, { now: day(1) });
    const other = writeSource();
    const beside = await watchWrittenSource(database, other, { name: 'other', now: day(1) });
    const shown: Record<string, string> = {};
    const scan = async (articles: Record<string, string>) => {
      written.show(Object.assign(shown, articles));
      await scanner.scan(source);
    };
    await scan({
      a: article('A', 'Outlook'),
      b: article('B', 'Outlook'),
      c: article('C', 'Exchange Online'),
    });
    other.show({ x: article('X', 'Outlook') });
    await beside.scanner.scan(beside.source);
    const { archive } = openStore(database);
    const rules = createTechnologyRuleBook(database);
    const idOf = async (slug: string) =>
      (await archive.listTechnologies()).find((technology) => technology.slug === slug)?.id ?? asId<never>(0);
    const make = async (slug: string, instead: string | null) =>
      rules.makeRule({
        sourceId: source.id,
        technologyId: await idOf(slug),
        insteadId: instead === null ? null : await idOf(instead),
        curatorId: asId<AccountId>(1),
        now: day(1),
      });
    const findKey = async (key: string) => (await archive.findArticlesByName(key))[0]?.id ?? asId<never>(0);
    const slugs = async (key: string) =>
      (await archive.listTechnologiesOfArticle(await findKey(key))).map(({ slug }) => slug);
    return { database, archive, rules, scan, make, slugs, idOf, findKey };
  }

  test('corrects the articles that there are, in this source alone, and those to come', async () => {
    const { database, rules, scan, make, slugs, idOf, findKey } = await open();
    expect(await make('outlook', 'exchange-online')).toMatchObject({ kind: 'made', articles: 2 });
    const all = async () => Promise.all(['a', 'b', 'c', 'x'].map(slugs));
    expect(await all()).toEqual([['exchange-online'], ['exchange-online'], ['exchange-online'], ['outlook']]);
    await scan({ a: article('A', 'Outlook', 'Restart it.'), d: article('D', 'Outlook') });
    expect(await slugs('a')).toEqual(['exchange-online']);
    expect(await slugs('d')).toEqual(['exchange-online']);
    const [document] = await createSearchFeed(database).loadDocuments([await findKey('b')]);
    expect(document?.technologies).not.toContain(await idOf('outlook'));
    expect(await rules.listRules()).toMatchObject([
      { technology: 'Outlook', instead: 'Exchange Online', articles: 2, source: { name: 'written' } },
    ]);
  });

  test('alerts nobody by itself, and later changes alert who follows what the articles are about', async () => {
    const { database, archive, scan, make, idOf } = await open();
    const subscriptions = createSubscriptionStore(database);
    const join = async (slug: string) => {
      const { id } = await database.db
        .insertInto('accounts')
        .values({
          address: `${slug}@example.org`,
          address_key: `${slug}@example.org`,
          confirmed_at: 0,
          role: 'reader',
          password_hash: null,
          time_zone: 'UTC',
          digest_hour: 7,
          paused: 0,
          next_digest_at: null,
          unsubscribe_secret: slug,
          created_at: 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const followed = { kind: 'technology', technologyId: await idOf(slug) } as const;
      await subscriptions.follow({ accountId: asId(id), followed, threshold: 'invisible', now: day(1) });
      return id;
    };
    const [outlook, exchange] = [await join('outlook'), await join('exchange-online')];
    const plan = (n: number) =>
      planDigests({ ledger: createDigestLedger(database), clock: { now: () => day(n) } });
    await make('outlook', 'exchange-online');
    const [logged] = await archive.listChanges({ limit: 1 });
    expect(logged).toMatchObject({ significance: 'invisible', alerts: false });
    expect(await plan(2)).toMatchObject({ digests: 0 });

    await scan({ b: article('B', 'Outlook', 'Install the update KB5001234.'), d: article('D', 'Outlook') });
    expect(await plan(3)).toMatchObject({ digests: 1, changes: 2 });
    const told = await database.db.selectFrom('digests').select('account_id').execute();
    expect(told).toEqual([{ account_id: exchange }]);
    expect(outlook).not.toBe(exchange);
  });

  test('can say that articles are about none of it, and stands below what is said of one article', async () => {
    const { database, scan, make, slugs, idOf, findKey } = await open();
    await createCuration(database).correctTechnologies({
      articleId: await findKey('a'),
      corrections: [{ technologyId: await idOf('outlook'), applies: true }],
      curatorId: asId(1),
      now: day(1),
    });
    expect(await make('outlook', null)).toMatchObject({ kind: 'made', articles: 1 });
    await scan({ a: article('A', 'Outlook', 'Restart it.'), b: article('B', 'Outlook', 'Restart it.') });
    expect([await slugs('a'), await slugs('b')]).toEqual([['outlook'], []]);
  });

  test('is one for a technology, leads to no other one, and can be withdrawn', async () => {
    const { rules, scan, make, slugs } = await open();
    const made = await make('outlook', 'exchange-online');
    expect(await make('outlook', null)).toEqual({ kind: 'there-is-one' });
    expect(await make('exchange-online', null)).toEqual({ kind: 'leads-on' });
    expect(await make('exchange-online', 'exchange-online')).toEqual({ kind: 'leads-on' });
    if (made.kind !== 'made') throw new Error(made.kind);
    expect([await rules.withdrawRule(made.id), await rules.withdrawRule(made.id)]).toEqual([true, false]);
    expect(await slugs('a')).toEqual(['exchange-online']);
    await scan({ a: article('A', 'Outlook', 'Restart it.') });
    expect(await slugs('a')).toEqual(['outlook']);
  });
});
