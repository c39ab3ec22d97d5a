import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { type FindAmong, matchSavedSearches } from '../alerts/match-saved-searches.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { type ArticleId, asId } from '../knowledge/ids.ts';
import { createDigestLedger } from './digests.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createSavedSearchLog } from './subscriptions-matches.ts';

describeOnBothDatabases('saved searches', (databases) => {
  test('tell what the search finds among the changes after they were made, once', async () => {
    const database = await databases.open();
    const { db } = database;
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const log = createSavedSearchLog(database);
    const [mail, other] = [await world.addArticle('Mail'), await world.addArticle('Other')];
    const asked: [readonly string[], readonly ArticleId[]][] = [];
    const findAmong: FindAmong = async (queries, articles) => {
      asked.push([queries, articles]);
      return new Map(queries.map((query) => [query, new Set(query === 'mail' ? [mail] : [])]));
    };
    const match = () => matchSavedSearches({ log, findAmong });
    const record = (articleId: ArticleId, alerts = true) =>
      world.recordChange({ articleId, technologies: [], alerts });

    const reader = await world.addAccount();
    const follow = (query: string) =>
      subscriptions.follow({
        accountId: reader,
        followed: { kind: 'search', query },
        threshold: 'material',
        now: asId(0),
      });
    await record(mail);
    await follow('mail');
    await follow('phone');
    const wanted = [await record(mail), await record(mail)];
    await record(mail, false);
    await record(other);

    expect(await match()).toBe(4);
    expect(asked).toEqual([
      [
        ['mail', 'phone'],
        [mail, other],
      ],
    ]);
    expect(await match()).toBe(0);
    const rows = await db
      .selectFrom('saved_search_matches')
      .select('change_id')
      .orderBy('change_id')
      .execute();
    expect(rows.map((row) => row.change_id)).toEqual(wanted);

    const ledger = createDigestLedger(database);
    const plan = (at: number) => planDigests({ ledger, clock: { now: () => asId(at) } });
    expect(await plan(Date.parse('2026-03-02T07:00:00Z'))).toMatchObject({ digests: 1, changes: 2 });
    expect(await db.selectFrom('saved_search_matches').selectAll().execute()).toEqual([]);
    // Whoever matches again, since it does not know how far another one came, causes nothing to be told again.
    await db.deleteFrom('settings').execute();
    await match();
    expect(await plan(Date.parse('2026-03-03T07:00:00Z'))).toMatchObject({ digests: 0 });
  });

  test('that end while they are matched leave nothing behind', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const reader = await world.addAccount();
    const followed = { kind: 'search', query: 'mail' } as const;
    await subscriptions.follow({ accountId: reader, followed, threshold: 'material', now: asId(0) });
    const article = await world.addArticle();
    await world.recordChange({ articleId: article, technologies: [] });
    const findAmong: FindAmong = async () => {
      await subscriptions.unfollowAll(reader);
      return new Map([['mail', new Set([article])]]);
    };
    expect(await matchSavedSearches({ log: createSavedSearchLog(database), findAmong })).toBe(1);
    expect(await database.db.selectFrom('saved_search_matches').selectAll().execute()).toEqual([]);
  });
});
