import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { type AccountId, type ArticleId, asId, type Instant, type SubscriptionId } from '../knowledge/ids.ts';
import { createAccountStore } from './accounts.ts';
import { createAlertHistory } from './accounts-alerts.ts';
import { openDatabase } from './database.ts';
import { withdrawDigest } from './deliveries-withdraw.ts';
import { createDigestLedger } from './digests.ts';
import { loadDigestMaterial } from './digests-material.ts';
import type { NewRow } from './schema.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { verifyLedger } from './verifying/verify-ledger.ts';

const dayMs = 86_400_000;
const monday7 = Date.parse('2026-03-02T07:00:00Z');

describeOnBothDatabases('feedback in digests', (databases) => {
  async function start() {
    const database = await databases.open();
    const { db } = database;
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const article = await world.addArticle('Updates fail');
    const plan = (day: number) =>
      planDigests({
        ledger: createDigestLedger(database),
        clock: { now: () => asId(monday7 + day * dayMs) },
      });
    const follow = async (accountId: AccountId, articleId: ArticleId = article): Promise<SubscriptionId> => {
      const outcome = await subscriptions.follow({
        accountId,
        followed: { kind: 'article', articleId },
        threshold: 'material',
        now: asId(0),
      });
      if (outcome.kind !== 'followed') throw new Error(outcome.kind);
      return outcome.subscription.id;
    };
    /** Follows the article with its readers' feedback. */
    const join = async () => {
      const reader = await world.addAccount();
      const subscription = await follow(reader);
      expect(await subscriptions.setFeedback(reader, subscription, true)).toBe(true);
      return { reader, subscription };
    };
    const say = async (more: Partial<NewRow<'feedback'>> = {}): Promise<number> => {
      const row = {
        article_id: article,
        revision: 1,
        author_name: 'Ada',
        outcome: 'no',
        did_harm: 0,
        version: '',
        body: 'It came back.',
        state: 'shown',
        standing: 'known',
        written_at: 0,
        ...more,
      };
      return (await db.insertInto('feedback').values(row).returning('id').executeTakeFirstOrThrow()).id;
    };
    const setState = (id: number, state: string) =>
      db.updateTable('feedback').set({ state }).where('id', '=', id).execute();
    const told = async (accountId: AccountId) => {
      const rows = await db
        .selectFrom('digest_feedback')
        .innerJoin('digests', 'digests.id', 'digest_feedback.digest_id')
        .select(['local_date', 'feedback_id'])
        .where('digest_feedback.account_id', '=', accountId)
        .orderBy('feedback_id')
        .execute();
      return rows.map((row) => `${row.local_date} ${row.feedback_id}`);
    };
    const lastDigest = async (accountId: AccountId) => {
      const row = await db
        .selectFrom('digests')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('planned_at', 'desc')
        .executeTakeFirst();
      return row?.id ?? 0;
    };
    return {
      database,
      db,
      world,
      subscriptions,
      article,
      plan,
      follow,
      join,
      say,
      setState,
      told,
      lastDigest,
    };
  }

  test('is told once to each who chose it, and to nobody else, though nothing changed', async () => {
    const { database, world, plan, follow, join, say, told } = await start();
    const [{ reader }, { reader: other }] = [await join(), await join()];
    const plain = await world.addAccount();
    await follow(plain);
    const [first, second] = [await say(), await say()];
    await say({ article_id: await world.addArticle() });
    expect(await plan(0)).toMatchObject({ digests: 2, changes: 0 });
    expect(await plan(1)).toMatchObject({ digests: 0 });
    const third = await say();
    expect(await plan(2)).toMatchObject({ digests: 2 });
    const expected = [`2026-03-02 ${first}`, `2026-03-02 ${second}`, `2026-03-04 ${third}`];
    expect(await told(reader)).toEqual(expected);
    expect(await told(other)).toEqual(expected);
    expect(await told(plain)).toEqual([]);
    expect(await verifyLedger(database, () => {})).toMatchObject({ faults: [] });
  });

  test('is shown before its mail, and in what an account is given of itself', async () => {
    const { database, plan, join, say, article, setState, world } = await start();
    const { reader } = await join();
    const history = createAlertHistory(database);
    const [shown, hidden] = [await say({ did_harm: 1 }), await say()];
    await say({ account_id: reader });
    await setState(hidden, 'hidden');
    expect(await history.listUntoldFeedback(reader, 10)).toEqual([
      {
        id: shown,
        articleId: article,
        articleTitle: 'Updates fail',
        authorName: 'Ada',
        outcome: 'no',
        didHarm: true,
        body: 'It came back.',
      },
    ]);
    expect(await history.listUntoldFeedback(await world.addAccount(), 10)).toEqual([]);
    await plan(0);
    expect(await history.listUntoldFeedback(reader, 10)).toEqual([]);
    expect(await createAccountStore(database).loadAccountRecord(reader)).toMatchObject({
      subscriptions: [{ withFeedback: true }],
      digests: [{ changes: [], feedback: [{ id: shown, article: 'Updates fail' }] }],
    });
  });

  test('goes with the changes of the day in one digest', async () => {
    const { db, world, article, plan, join, say, lastDigest } = await start();
    const { reader } = await join();
    const change = await world.recordChange({ articleId: article, technologies: [] });
    const id = await say();
    expect(await plan(0)).toMatchObject({ digests: 1, changes: 1 });
    const material = await loadDigestMaterial(db, asId(await lastDigest(reader)));
    expect(material).toMatchObject({
      changes: [{ id: change }],
      feedback: [
        { id, articleTitle: 'Updates fail', authorName: 'Ada', outcome: 'no', body: 'It came back.' },
      ],
    });
  });

  test('is told when it is accepted, however late, and not before', async () => {
    const { plan, join, say, setState, told } = await start();
    const { reader } = await join();
    const held = await say({ state: 'held' });
    const later = await say();
    await plan(0);
    expect(await told(reader)).toEqual([`2026-03-02 ${later}`]);
    await setState(held, 'shown');
    await plan(1);
    await setState(later, 'hidden');
    await setState(later, 'shown');
    expect(await plan(2)).toMatchObject({ digests: 0 });
    expect(await told(reader)).toEqual([`2026-03-03 ${held}`, `2026-03-02 ${later}`]);
  });

  test('tells nothing that was accepted before the choice, nor one’s own words, nor what was imported', async () => {
    const { subscriptions, plan, join, say, setState, told } = await start();
    const before = await say();
    const { reader, subscription } = await join();
    await setState(before, 'folded');
    await setState(before, 'shown');
    await say({ account_id: reader });
    await say({ import_key: 'old-1' });
    expect(await plan(0)).toMatchObject({ digests: 0 });
    expect(await told(reader)).toEqual([]);
    const after = await say();
    await subscriptions.setFeedback(reader, subscription, true);
    await plan(1);
    expect(await told(reader)).toEqual([`2026-03-03 ${after}`]);
  });

  test('ends with the subscription and with the choice, also for what was planned', async () => {
    const { db, subscriptions, plan, join, say, told, lastDigest } = await start();
    const [gone, changed, planned] = [await join(), await join(), await join()];
    await say();
    await subscriptions.unfollow(gone.reader, gone.subscription);
    await subscriptions.setFeedback(changed.reader, changed.subscription, false);
    expect(await plan(0)).toMatchObject({ digests: 1 });
    expect([await told(gone.reader), await told(changed.reader)]).toEqual([[], []]);
    const digest = asId<never>(await lastDigest(planned.reader));
    expect(await loadDigestMaterial(db, digest)).toMatchObject({ feedback: [{ body: 'It came back.' }] });
    await subscriptions.unfollow(planned.reader, planned.subscription);
    expect(await loadDigestMaterial(db, digest)).toMatchObject({ feedback: [] });
  });

  test('is left out of the message when it was put away or taken back', async () => {
    const { database, db, plan, join, say, setState, lastDigest } = await start();
    const { reader } = await join();
    const [hidden, taken] = [await say(), await say()];
    const stays = await say();
    await plan(0);
    await setState(hidden, 'hidden');
    await db.deleteFrom('feedback').where('id', '=', taken).execute();
    const material = await loadDigestMaterial(db, asId(await lastDigest(reader)));
    expect(material?.feedback.map((one) => one.id)).toEqual([stays]);
    expect(await createAlertHistory(database).findDigest(reader, '2026-03-02')).toMatchObject({
      changes: 0,
      readers: 3,
      feedback: [{ id: stays }],
    });
  });

  test('is untold again when its digest is withdrawn', async () => {
    const { db, plan, join, say, told, lastDigest } = await start();
    const { reader } = await join();
    const id = await say();
    await plan(0);
    const digest = await lastDigest(reader);
    expect(await db.transaction().execute((tx) => withdrawDigest(tx, digest))).toBe(true);
    expect(await told(reader)).toEqual([]);
    await plan(1);
    expect(await told(reader)).toEqual([`2026-03-03 ${id}`]);
  });

  test('can be let go after a pause, and is chosen for articles alone, by their follower', async () => {
    const { world, subscriptions, plan, join, say, told } = await start();
    const { reader, subscription } = await join();
    await say();
    await subscriptions.forgetUntold(reader);
    expect(await plan(0)).toMatchObject({ digests: 0 });
    const later = await say();
    await plan(1);
    expect(await told(reader)).toEqual([`2026-03-03 ${later}`]);
    const stranger = await world.addAccount();
    expect(await subscriptions.setFeedback(stranger, subscription, false)).toBe(false);
    const technology = await subscriptions.follow({
      accountId: reader,
      followed: { kind: 'technology', technologyId: await world.addTechnology('Exchange') },
      threshold: 'material',
      now: asId<Instant>(0),
    });
    if (technology.kind !== 'followed') throw new Error(technology.kind);
    expect(await subscriptions.setFeedback(reader, technology.subscription.id, true)).toBe(false);
    expect(await subscriptions.listSubscriptions(reader)).toMatchObject([
      { withFeedback: true },
      { withFeedback: false },
    ]);
  });

  test('is told when it commits after a choice that was made while it was written', async () => {
    const { database, db, world, subscriptions, article, plan, follow, told } = await start();
    const reader = await world.addAccount();
    const subscription = await follow(reader);
    const choose = () => subscriptions.setFeedback(reader, subscription, true);
    if (database.kind === 'sqlite') await choose(); // one writer at a time: it can't be in between
    const { id } = await db.transaction().execute(async (tx) => {
      const row = { article_id: article, revision: 1, author_name: '', outcome: 'yes', did_harm: 0 };
      const rest = { version: '', body: '', state: 'shown', standing: 'known', written_at: 0 };
      const written = await tx
        .insertInto('feedback')
        .values({ ...row, ...rest })
        .returning('id')
        .executeTakeFirstOrThrow();
      if (database.kind === 'postgres') await choose();
      return written;
    });
    await plan(0);
    expect(await told(reader)).toEqual([`2026-03-02 ${id}`]);
  });

  test('is told once when two schedulers plan while more comes in', async () => {
    const location = await databases.locate();
    const [one, two] = [openDatabase(location), openDatabase(location)];
    const world = await createLedgerWorld(one);
    const subscriptions = createSubscriptionStore(one);
    const article = await world.addArticle();
    for (let n = 0; n < 12; n++) {
      const accountId = await world.addAccount();
      const followed = { kind: 'article', articleId: article } as const;
      const made = await subscriptions.follow({ accountId, followed, threshold: 'material', now: asId(0) });
      if (made.kind === 'followed') await subscriptions.setFeedback(accountId, made.subscription.id, true);
    }
    const row = { article_id: article, revision: 1, author_name: '', outcome: 'yes', did_harm: 0 };
    const rest = { version: '', body: '', state: 'shown', standing: 'known', written_at: 0 };
    const say = () =>
      two.db
        .insertInto('feedback')
        .values({ ...row, ...rest })
        .execute();
    const plan = (database: typeof one, day: number) =>
      planDigests({
        ledger: createDigestLedger(database),
        clock: { now: () => asId(monday7 + day * dayMs) },
        batch: 3,
      });
    await say();
    await Promise.all([plan(one, 0), say(), plan(two, 0), say()]);
    await plan(one, 1);
    const { count } = await one.db
      .selectFrom('digest_feedback')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(36);
    await one.close();
    await two.close();
  });
});
