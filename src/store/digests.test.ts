import { afterEach, expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { type Followed, reaches, type Threshold, thresholds } from '../alerts/subscription.ts';
import { changeKinds, significances } from '../knowledge/change.ts';
import { type AccountId, asId, type ChangeId } from '../knowledge/ids.ts';
import { type Database, openDatabase } from './database.ts';
import { createDigestLedger } from './digests.ts';
import { createSubscriptionStore } from './subscriptions.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monday7 = Date.parse('2026-03-02T07:00:00Z');

describeOnBothDatabases('the digest ledger', (databases) => {
  const open: Database[] = [];
  afterEach(async () => {
    for (const database of open.splice(0)) await database.close();
  });
  async function start() {
    const location = await databases.locate();
    const database = openDatabase(location);
    open.push(database);
    const { db } = database;
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const ledger = createDigestLedger(database);
    const plan = (at: number) => planDigests({ ledger, clock: { now: () => asId(at) } });
    const follow = async (accountId: AccountId, followed: Followed, threshold: Threshold = 'material') => {
      const outcome = await subscriptions.follow({ accountId, followed, threshold, now: asId(0) });
      if (outcome.kind !== 'followed') throw new Error(outcome.kind);
      return outcome.subscription.id;
    };
    const told = async (accountId: AccountId) => {
      const rows = await db
        .selectFrom('digest_changes')
        .innerJoin('digests', 'digests.id', 'digest_changes.digest_id')
        .select(['local_date', 'change_id'])
        .where('digests.account_id', '=', accountId)
        .orderBy('change_id')
        .execute();
      return rows.map((row) => `${row.local_date} ${row.change_id}`);
    };
    const match = (subscriptionId: number, changeId: ChangeId) =>
      db
        .insertInto('saved_search_matches')
        .values({ subscription_id: subscriptionId, change_id: changeId })
        .execute();
    const exchange = await world.addTechnology('Exchange');
    const article = await world.addArticle();
    const change = () => world.recordChange({ articleId: article, technologies: [exchange] });
    return {
      location,
      database,
      db,
      world,
      subscriptions,
      ledger,
      plan,
      follow,
      told,
      match,
      exchange,
      article,
      change,
    };
  }

  test('tells what a technology, an article, a source and a saved search have, each change once', async () => {
    const { world, plan, follow, told, match, exchange, article } = await start();
    const [teams, other] = [await world.addTechnology('Teams'), await world.addArticle()];
    const [reader, all] = [await world.addAccount(), await world.addAccount()];
    await world.recordChange({ articleId: article, technologies: [exchange] });
    await follow(reader, { kind: 'technology', technologyId: exchange });
    await follow(reader, { kind: 'article', articleId: article });
    const search = await follow(reader, { kind: 'search', query: 'mailbox' });
    await follow(all, { kind: 'source', sourceId: asId(world.sourceId) });
    const both = await world.recordChange({ articleId: article, technologies: [exchange, teams] });
    const rest = await world.recordChange({ articleId: other, technologies: [teams] });
    const found = await world.recordChange({ articleId: other, technologies: [] });
    await world.recordChange({ articleId: article, technologies: [exchange], alerts: false });
    await world.recordChange({ articleId: article, technologies: [exchange], significance: 'minor' });
    await match(search, found);
    await match(search, both);

    expect(await plan(monday7)).toMatchObject({ accounts: 2, digests: 2, changes: 5 });
    expect(await plan(monday7)).toMatchObject({ accounts: 0, digests: 0 });
    expect(await plan(monday7 + dayMs)).toMatchObject({ accounts: 2, digests: 0 });
    expect(await told(reader)).toEqual([`2026-03-02 ${both}`, `2026-03-02 ${found}`]);
    expect(await told(all)).toEqual([both, rest, found].map((id) => `2026-03-02 ${id}`));
  });

  test('reads thresholds as the domain does', async () => {
    const { world, plan, follow, told, article, db } = await start();
    const readers = new Map<Threshold, AccountId>();
    for (const threshold of thresholds) {
      const reader = await world.addAccount();
      await follow(reader, { kind: 'article', articleId: article }, threshold);
      readers.set(threshold, reader);
    }
    for (const kind of changeKinds) {
      for (const significance of significances) {
        await world.recordChange({ articleId: article, technologies: [], kind, significance });
      }
    }
    await plan(monday7);
    const changes = await db
      .selectFrom('changes')
      .select(['id', 'kind', 'significance'])
      .orderBy('id')
      .execute();
    for (const [threshold, reader] of readers) {
      const expected = changes.filter((change) =>
        reaches(threshold, {
          kind: changeKinds.find((kind) => kind === change.kind) ?? 'revised',
          significance: significances.find((one) => one === change.significance) ?? 'minor',
        }),
      );
      expect(await told(reader)).toEqual(expected.map(({ id }) => `2026-03-02 ${id}`));
    }
  });

  test('tells what was recorded during a pause when it ends, unless the reader lets it go', async () => {
    const { db, world, subscriptions, plan, follow, told, change, exchange, match } = await start();
    const [patient, hasty] = [await world.addAccount(), await world.addAccount()];
    for (const reader of [patient, hasty])
      await follow(reader, { kind: 'technology', technologyId: exchange });
    const search = await follow(hasty, { kind: 'search', query: 'x' });
    await db.updateTable('accounts').set({ paused: 1 }).execute();
    const missed = await change();
    await match(search, missed);
    expect(await plan(monday7)).toMatchObject({ accounts: 0 });
    await subscriptions.forgetUntold(hasty);
    await db.updateTable('accounts').set({ paused: 0 }).execute();
    const later = await change();
    await plan(monday7 + 30 * dayMs);
    expect(await told(patient)).toEqual([missed, later].map((id) => `2026-04-01 ${id}`));
    expect(await told(hasty)).toEqual([`2026-04-01 ${later}`]);
  });

  test('counts a changed threshold for what is untold, and an ended subscription not at all', async () => {
    const { world, subscriptions, plan, follow, told, article, exchange } = await start();
    const [wider, gone] = [await world.addAccount(), await world.addAccount()];
    const id = await follow(wider, { kind: 'technology', technologyId: exchange });
    const other = await follow(gone, { kind: 'technology', technologyId: exchange });
    await world.recordChange({ articleId: article, technologies: [exchange], significance: 'minor' });
    await plan(monday7);
    const minor = await world.recordChange({
      articleId: article,
      technologies: [exchange],
      significance: 'minor',
    });
    await world.recordChange({ articleId: article, technologies: [exchange] });
    expect(await subscriptions.setThreshold(wider, id, 'minor')).toBe(true);
    expect(await subscriptions.unfollow(gone, other)).toBe(true);
    await plan(monday7 + dayMs);
    expect(await told(wider)).toEqual([minor, minor + 1].map((change) => `2026-03-03 ${change}`));
    expect(await told(gone)).toEqual([]);
  });

  test('tells a match that a saved search found after the change was planned for', async () => {
    const { world, plan, follow, told, change, match } = await start();
    const reader = await world.addAccount();
    const search = await follow(reader, { kind: 'search', query: 'x' });
    const found = await change();
    await plan(monday7);
    await match(search, found);
    await plan(monday7 + dayMs);
    expect(await told(reader)).toEqual([`2026-03-03 ${found}`]);
  });

  test('plans nothing on top of a digest that is on its way to be accepted', async () => {
    const { db, world, plan, follow, told, change, exchange } = await start();
    const reader = await world.addAccount();
    await follow(reader, { kind: 'technology', technologyId: exchange });
    const first = await change();
    await plan(monday7);
    await db.updateTable('deliveries').set({ state: 'deferred', attempts: 2 }).execute();
    const others = [await change()];
    await plan(monday7 + dayMs);
    others.push(await change());
    await plan(monday7 + 2 * dayMs);
    expect(await told(reader)).toEqual([`2026-03-02 ${first}`]);
    await db.updateTable('deliveries').set({ state: 'accepted' }).execute();
    await plan(monday7 + 3 * dayMs);
    expect((await told(reader)).slice(1)).toEqual(others.map((id) => `2026-03-05 ${id}`));
  });

  test('gives each account one digest when two schedulers plan at once', async () => {
    const { location, database, world, ledger, follow, change, exchange } = await start();
    for (let n = 0; n < 40; n++)
      await follow(await world.addAccount(), { kind: 'technology', technologyId: exchange });
    await change();
    const second = openDatabase(location);
    const plans = [ledger, createDigestLedger(second)].map((one) =>
      planDigests({ ledger: one, clock: { now: () => asId(monday7) }, batch: 7 }),
    );
    const reports = await Promise.all(plans);
    await second.close();
    expect(reports.reduce((sum, report) => sum + report.digests, 0)).toBe(40);
    const { count } = await database.db
      .selectFrom('digests')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(40);
  });

  test('refuses as a whole what a constraint forbids, and plans the others', async () => {
    const { world, ledger, plan, follow, told, change, exchange } = await start();
    const [one, two] = [await world.addAccount(), await world.addAccount()];
    await follow(one, { kind: 'technology', technologyId: exchange });
    const first = await change();
    await plan(monday7);
    await follow(two, { kind: 'technology', technologyId: exchange });
    const second = await change();
    const now = asId<never>(monday7 + dayMs);
    const turn = {
      kind: 'consider',
      timeZone: 'UTC',
      localDate: '2026-03-02',
      nextAt: now,
      afterDigestAt: now,
    } as const;
    const claim = (accounts: AccountId[]) => ledger.claimDigests({ accounts, now, decide: () => turn });
    expect(await claim([one, two])).toEqual({ kind: 'already-claimed' });
    expect(await told(two)).toEqual([]);
    expect(await claim([two])).toMatchObject({ kind: 'claimed', digests: 1 });
    expect(await told(one)).toEqual([`2026-03-02 ${first}`]);
    expect(await told(two)).toEqual([`2026-03-02 ${second}`]);
  });

  test('accepts no change that would come in before one that can be seen', async () => {
    const { db, change, article, world } = await start();
    const last = await change();
    await db.deleteFrom('changes').where('id', '=', last).execute();
    await change();
    const row = {
      article_id: article,
      source_id: world.sourceId,
      scan_id: 1,
      kind: 'moved',
      from_revision: null,
    };
    const rest = {
      to_revision: 1,
      significance: 'minor',
      alerts: 1,
      occurred_at: 0,
      recorded_at: 0,
    };
    const late = db
      .insertInto('changes')
      .values({ id: last, ...row, ...rest })
      .execute();
    await expect(late).rejects.toThrow('in the order of commits');
  });

  test('forgets an account with all that it was told', async () => {
    const { db, world, plan, follow, change, exchange } = await start();
    const reader = await world.addAccount();
    await follow(reader, { kind: 'technology', technologyId: exchange });
    await change();
    await plan(monday7);
    await db.deleteFrom('accounts').where('id', '=', reader).execute();
    for (const table of ['subscriptions', 'digests', 'digest_changes', 'deliveries'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });
});
