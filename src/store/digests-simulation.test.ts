import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { sizes } from '../../tests/sizes.ts';
import { leastGapMs, localDateAt } from '../alerts/calendar.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { reaches, thresholds } from '../alerts/subscription.ts';
import { type Change, changeKinds, significances } from '../knowledge/change.ts';
import {
  type AccountId,
  asId,
  type ChangeId,
  type SubscriptionId,
  type TechnologyId,
} from '../knowledge/ids.ts';
import { type Database, openDatabase } from './database.ts';
import { createDigestLedger } from './digests.ts';
import { createSubscriptionStore } from './subscriptions.ts';

const hourMs = 3_600_000;
const zones = [
  'UTC',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'America/St_Johns',
  'Pacific/Apia',
  'Europe/Berlin',
];
const accountCount = 3;
const technologyCount = 4;

const anAccount = fc.nat({ max: accountCount - 1 });
const aTechnology = fc.nat({ max: technologyCount - 1 });
const aChange = fc.record({
  technologies: fc.uniqueArray(aTechnology, { maxLength: 3 }),
  kind: fc.constantFrom(...changeKinds),
  significance: fc.constantFrom(...significances),
  alerts: fc.boolean(),
});
const anEvent = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass'), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump'), hours: fc.integer({ min: -50, max: 80 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('scan'), change: aChange }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scan-late'), change: aChange }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('plan'), schedulers: fc.constantFrom(1, 2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('follow'),
      account: anAccount,
      technology: aTechnology,
      threshold: fc.constantFrom(...thresholds),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('unfollow'), account: anAccount, technology: aTechnology }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pause'), account: anAccount, isPaused: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('move'),
      account: anAccount,
      zone: fc.constantFrom(...zones),
      hour: fc.nat({ max: 23 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('deliver'),
      state: fc.constantFrom('accepted', 'deferred', 'failed'),
    }),
  },
);
type Event = typeof anEvent extends fc.Arbitrary<infer T> ? T : never;

/** What happened, kept as sets beside the database. */
type Followed = {
  account: AccountId;
  technology: TechnologyId;
  threshold: (typeof thresholds)[number];
  after: number;
  id: SubscriptionId;
  isEnded: boolean;
};
type Recorded = Pick<Change, 'id' | 'kind' | 'significance' | 'alerts'> & {
  technologies: readonly TechnologyId[];
};

describeOnBothDatabases('the ledger, simulated', (databases) => {
  test('tells each account exactly what it follows, whatever clocks, schedulers, scans and readers do', {
    timeout: 120_000,
  }, async () => {
    const location = await databases.locate();
    const [first, second] = [openDatabase(location), openDatabase(location)];
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { minLength: 10, maxLength: 60 }), async (events) => {
        await simulate(first, second, events);
      }),
      { numRuns: Number(process.env.KBALERTZ_SIMULATIONS ?? sizes.simulatedHistories) },
    );
    await first.close();
    await second.close();
  });
});

async function simulate(first: Database, second: Database, events: readonly Event[]): Promise<void> {
  const { db } = first;
  await db.deleteFrom('accounts').execute();
  const world = await createLedgerWorld(first);
  const subscriptions = createSubscriptionStore(second);
  const ledgers = [createDigestLedger(first), createDigestLedger(second)];
  const accounts: AccountId[] = [];
  const technologies: TechnologyId[] = [];
  for (let n = 0; n < accountCount; n++)
    accounts.push(await world.addAccount({ nextDigestAt: null, digestHour: 7 }));
  for (let n = 0; n < technologyCount; n++) technologies.push(await world.addTechnology(`T${n}`));
  const article = await world.addArticle();
  const followed: Followed[] = [];
  const recorded: Recorded[] = [];
  let now = Date.parse('2026-03-27T12:00:00Z');
  let latest = now;

  const plan = async (schedulers: number) => {
    const paused = await countDigestsOfPaused(db);
    await Promise.all(
      ledgers
        .slice(0, schedulers)
        .map((ledger) => planDigests({ ledger, clock: { now: () => asId(now) }, batch: 2 })),
    );
    expect(await countDigestsOfPaused(db)).toBe(paused);
  };
  const describe = (change: Extract<Event, { do: 'scan' }>['change']) => ({
    ...change,
    articleId: article,
    recordedAt: now,
    technologies: change.technologies.map((n) => technologies[n] ?? asId<TechnologyId>(0)),
  });

  for (const event of events) {
    switch (event.do) {
      case 'pass':
      case 'jump':
        now += event.hours * hourMs;
        break;
      case 'scan': {
        const change = describe(event.change);
        recorded.push({ ...change, id: await world.recordChange(change) });
        break;
      }
      case 'scan-late': {
        const change = describe(event.change);
        // On SQLite nobody else can write meanwhile; on PostgreSQL planning sees the log without the late change.
        if (first.kind === 'sqlite') {
          recorded.push({ ...change, id: await world.recordChange(change) });
        } else {
          recorded.push({
            ...change,
            id: await world.recordChange({ ...change, beforeCommit: () => plan(2) }),
          });
        }
        break;
      }
      case 'plan':
        await plan(event.schedulers);
        break;
      case 'follow': {
        const [account, technology] = [accounts[event.account], technologies[event.technology]];
        if (account === undefined || technology === undefined) throw new Error('no such');
        const { threshold } = event;
        const outcome = await subscriptions.follow({
          accountId: account,
          followed: { kind: 'technology', technologyId: technology },
          threshold,
          now: asId(now),
        });
        if (outcome.kind !== 'followed') break;
        const after = Math.max(0, ...recorded.map((change) => change.id));
        followed.push({ account, technology, threshold, after, id: outcome.subscription.id, isEnded: false });
        break;
      }
      case 'unfollow':
        for (const one of followed) {
          if (one.account !== accounts[event.account] || one.technology !== technologies[event.technology])
            continue;
          await subscriptions.unfollow(one.account, one.id);
          one.isEnded = true;
        }
        break;
      case 'pause':
        await db
          .updateTable('accounts')
          .set({ paused: event.isPaused ? 1 : 0 })
          .where('id', '=', accounts[event.account] ?? asId<AccountId>(0))
          .execute();
        break;
      case 'move':
        await db
          .updateTable('accounts')
          .set({ time_zone: event.zone, digest_hour: event.hour, next_digest_at: null })
          .where('id', '=', accounts[event.account] ?? asId<AccountId>(0))
          .execute();
        break;
      case 'deliver':
        await db
          .updateTable('deliveries')
          .set({ state: event.state, attempts: 1 })
          .where('state', 'in', ['queued', 'deferred'])
          .execute();
        break;
    }
    latest = Math.max(latest, now);
  }

  await db.updateTable('accounts').set({ paused: 0 }).execute();
  await db.updateTable('deliveries').set({ state: 'accepted' }).execute();
  for (now = latest; now < latest + 100 * hourMs; now += 5 * hourMs) await plan(1);
  for (const account of accounts) {
    await checkDigests(db, account);
    checkTold(
      await listTold(db, account),
      recorded,
      followed.filter((one) => one.account === account),
    );
  }
}

async function countDigestsOfPaused(db: Database['db']): Promise<number> {
  const { count } = await db
    .selectFrom('digests')
    .innerJoin('accounts', 'accounts.id', 'digests.account_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('paused', '=', 1)
    .executeTakeFirstOrThrow();
  return count;
}

async function listTold(db: Database['db'], account: AccountId): Promise<ChangeId[]> {
  const rows = await db
    .selectFrom('digest_changes')
    .select('change_id')
    .where('account_id', '=', account)
    .execute();
  return rows.map((row) => asId(row.change_id));
}

async function checkDigests(db: Database['db'], account: AccountId): Promise<void> {
  const digests = await db
    .selectFrom('digests')
    .leftJoin('digest_changes', 'digest_changes.digest_id', 'digests.id')
    .select(['digests.id', 'local_date', 'time_zone', 'planned_at'])
    .select((eb) => eb.fn.count<number>('change_id').as('changes'))
    .where('digests.account_id', '=', account)
    .groupBy('digests.id')
    .orderBy('planned_at')
    .execute();
  expect(new Set(digests.map((digest) => digest.local_date)).size).toBe(digests.length);
  for (const [n, digest] of digests.entries()) {
    expect(digest.changes).toBeGreaterThan(0);
    expect(digest.local_date).toBe(localDateAt(asId(digest.planned_at), digest.time_zone));
    const before = digests[n - 1];
    if (before) expect(digest.planned_at - before.planned_at).toBeGreaterThanOrEqual(leastGapMs);
  }
}

/** Whatever a standing subscription matches was told, and nothing that none ever matched. */
function checkTold(
  told: readonly ChangeId[],
  recorded: readonly Recorded[],
  followed: readonly Followed[],
): void {
  const matches = (one: Followed, change: Recorded) =>
    change.alerts &&
    change.id > one.after &&
    change.technologies.includes(one.technology) &&
    reaches(one.threshold, change);
  const idsMatched = (some: readonly Followed[]) =>
    new Set(recorded.filter((change) => some.some((one) => matches(one, change))).map((change) => change.id));
  const [must, may] = [idsMatched(followed.filter((one) => !one.isEnded)), idsMatched(followed)];
  const toldIds = new Set(told);
  expect(toldIds.size).toBe(told.length);
  expect([...must.difference(toldIds)]).toEqual([]);
  expect([...toldIds.difference(may)]).toEqual([]);
}
