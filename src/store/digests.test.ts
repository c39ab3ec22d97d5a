import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { type AccountId, asId } from '../knowledge/ids.ts';
import { createDigestLedger } from './digests.ts';
import { createSubscriptionStore } from './subscriptions.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monday7 = Date.parse('2026-03-02T07:00:00Z');

describeOnBothDatabases('the digest ledger', (databases) => {
  async function start() {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const ledger = createDigestLedger(database);
    const plan = (at: number) => planDigests({ ledger, clock: { now: () => asId(at) } });
    const told = async (accountId: AccountId) => {
      const rows = await database.db
        .selectFrom('digest_changes')
        .innerJoin('digests', 'digests.id', 'digest_changes.digest_id')
        .select(['local_date', 'change_id'])
        .where('digests.account_id', '=', accountId)
        .orderBy('change_id')
        .execute();
      return rows.map((row) => `${row.local_date} ${row.change_id}`);
    };
    return { database, world, subscriptions, plan, told };
  }

  test('tells what a technology, an article, a source and a saved search have, each change once', async () => {
    const { database, world, subscriptions, plan, told } = await start();
    const [exchange, teams] = [await world.addTechnology('Exchange'), await world.addTechnology('Teams')];
    const [one, two] = [await world.addArticle(), await world.addArticle()];
    const reader = await world.addAccount();
    const follow = (followed: Parameters<typeof subscriptions.follow>[0]['followed']) =>
      subscriptions.follow({ accountId: reader, followed, threshold: 'material', now: asId(0) });
    await world.recordChange({ articleId: one, technologies: [exchange] });
    await follow({ kind: 'technology', technologyId: exchange });
    await follow({ kind: 'article', articleId: one });
    const search = await follow({ kind: 'search', query: 'mailbox' });
    if (search.kind !== 'followed') throw new Error('not followed');
    const both = await world.recordChange({ articleId: one, technologies: [exchange, teams] });
    await world.recordChange({ articleId: two, technologies: [teams] });
    const found = await world.recordChange({ articleId: two, technologies: [] });
    await world.recordChange({ articleId: one, technologies: [exchange], alerts: false });
    await world.recordChange({ articleId: one, technologies: [exchange], significance: 'minor' });
    await database.db
      .insertInto('saved_search_matches')
      .values([
        { subscription_id: search.subscription.id, change_id: found },
        { subscription_id: search.subscription.id, change_id: both },
      ])
      .execute();

    expect(await plan(monday7)).toMatchObject({ accounts: 1, digests: 1, changes: 2 });
    expect(await plan(monday7)).toMatchObject({ accounts: 0, digests: 0 });
    expect(await plan(monday7 + dayMs)).toMatchObject({ accounts: 1, digests: 0 });
    expect(await told(reader)).toEqual([`2026-03-02 ${both}`, `2026-03-02 ${found}`]);
  });
});
