import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { thresholds } from '../../src/alerts/subscription.ts';
import { significances } from '../../src/knowledge/change.ts';
import { type AccountId, asId, type SubscriptionId, type TechnologyId } from '../../src/knowledge/ids.ts';
import type { Database } from '../../src/store/database.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import type { YearAccount, YearChange, YearDigest, YearRecord } from './check-year.ts';
import { createLedgerWorld } from './ledger-world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Schedulers look at least this often, outages aside. */
const longestStepHours = 12;
const outageMs = 72 * hourMs;
const technologyCount = 12;
const articleCount = 10;
/** Few, so that a year takes seconds; they move about until all zones were lived in. */
const accountCount = 64;
const allZones = Intl.supportedValuesOf('timeZone');

const anyAccount = fc.nat({ max: accountCount - 1 });
const anyTechnology = fc.nat({ max: technologyCount - 1 });
/** What an hour is chosen by: any, or one that the zone's clock skips or repeats in that year. */
const anyHour = fc.oneof(fc.nat({ max: 23 }), fc.constant('stepped' as const));
const anyThreshold = fc.constantFrom(...thresholds);
const aStep = fc.record({
  article: fc.nat({ max: articleCount - 1 }),
  do: fc.constantFrom('revise', 'revise', 'undo', 'undo', 'retire'),
  technologies: fc.uniqueArray(anyTechnology, { maxLength: 2 }),
  significance: fc.constantFrom(...significances),
  alerts: fc.constantFrom(true, true, true, false),
});
const aScan = fc.array(aStep, { minLength: 1, maxLength: 4 });
const anEvent = fc.oneof(
  { weight: 40, arbitrary: fc.record({ do: fc.constant('nothing') }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constant('scan'), steps: aScan }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('scan-late'), steps: aScan }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('outage') }) },
  {
    weight: 40,
    arbitrary: fc.record({ do: fc.constant('move'), account: anyAccount, hour: anyHour }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pause'), account: anyAccount, isPaused: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('defer'), share: fc.nat({ max: 10 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('settle'), state: fc.constantFrom('accepted', 'failed') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('follow'),
      account: anyAccount,
      technology: anyTechnology,
      threshold: anyThreshold,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unfollow'), account: anyAccount }) },
);

/** A year of readers who move through the IANA zones in the order given; its happenings are gone through again and again until it is over. */
export const aYear = fc.record({
  year: fc.integer({ min: 2005, max: 2030 }),
  /** The first one, from 0. */
  month: fc.constant<number>(0),
  days: fc.constant<number>(365),
  zones: fc.shuffledSubarray(allZones, { minLength: allZones.length }),
  accounts: fc.array(
    fc.record({
      hour: anyHour,
      follows: fc.uniqueArray(fc.tuple(anyTechnology, anyThreshold), {
        minLength: 1,
        maxLength: 2,
        selector: ([technology]) => technology,
      }),
    }),
    { minLength: accountCount, maxLength: accountCount, size: 'max' },
  ),
  happenings: fc.array(
    fc.record({
      minutes: fc.integer({ min: 60, max: longestStepHours * 60 }),
      schedulers: fc.constantFrom(1, 1, 1, 2),
      event: anEvent,
    }),
    { minLength: 400, maxLength: 400, size: 'max' },
  ),
});
type Year = typeof aYear extends fc.Arbitrary<infer T> ? T : never;

/** Plans at an instant, by so many schedulers at once. */
export type PlanYear = (now: number, schedulers: number) => Promise<unknown>;

/** Lives through the year; returns what happened, and what the ledger made of it. */
export async function liveYear(
  database: Database,
  { year, month, days, zones, accounts: chosen, happenings }: Year,
  planAt: PlanYear,
): Promise<{ record: YearRecord; digests: YearDigest[] }> {
  const { db } = database;
  const start = Date.UTC(year, month);
  const end = start + days * 24 * hourMs;
  const steps = findClockSteps(start, end);
  const hourOf = (zone: string, hour: number | 'stepped') =>
    hour === 'stepped' ? (steps.hours.get(zone) ?? 2) : hour;
  await db.deleteFrom('accounts').execute();
  const world = await createLedgerWorld(database);
  const subscriptions = createSubscriptionStore(database);
  const technologies: TechnologyId[] = [];
  for (let n = 0; n < technologyCount; n++) technologies.push(await world.addTechnology(`T${n}`));
  const articles: { id: Awaited<ReturnType<typeof world.addArticle>>; texts: number[]; isThere: boolean }[] =
    [];
  for (let n = 0; n < articleCount; n++)
    articles.push({ id: await world.addArticle(), texts: [0], isThere: true });
  const before = await db
    .selectFrom('changes')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  let lastChange = before?.id ?? 0;
  const accounts: YearAccount[] = [];
  const standing = new Map<YearAccount, { id: SubscriptionId; record: YearAccount['follows'][number] }[]>();
  let zonesTaken = 0;
  const nextZone = () => zones[zonesTaken++ % zones.length] ?? 'UTC';
  for (const { hour: choice, follows } of chosen) {
    const zone = nextZone();
    const hour = hourOf(zone, choice);
    const id = await world.addAccount({ timeZone: zone, digestHour: hour, nextDigestAt: null });
    const account: YearAccount = { id, places: [{ from: start, zone, hour }], follows: [], hindrances: [] };
    accounts.push(account);
    standing.set(account, []);
    for (const [technology, threshold] of follows) await follow(account, technology, threshold, start);
  }
  const changes: YearChange[] = [];
  const ticks: number[] = [];
  const paused = new Map<YearAccount, number>();
  const open = new Map<AccountId, number>();
  let now = start;
  let outageSince: number | null = null;
  let text = 0;

  async function follow(
    account: YearAccount,
    technology: number,
    threshold: (typeof thresholds)[number],
    from: number,
  ) {
    const technologyId = technologies[technology];
    if (technologyId === undefined) return;
    const outcome = await subscriptions.follow({
      accountId: account.id,
      followed: { kind: 'technology', technologyId },
      threshold,
      now: asId(from),
    });
    if (outcome.kind !== 'followed') return;
    const record = { technology, threshold, after: lastChange, from, until: Number.POSITIVE_INFINITY };
    account.follows.push(record);
    standing.get(account)?.push({ id: outcome.subscription.id, record });
  }
  const plan = async (schedulers: number) => {
    if (outageSince !== null) {
      if (now < outageSince + outageMs) return;
      for (const account of accounts) account.hindrances.push({ from: outageSince, until: now });
      outageSince = null;
    }
    ticks.push(now);
    await planAt(now, schedulers);
  };
  const scan = async (
    list: readonly (typeof aStep extends fc.Arbitrary<infer T> ? T : never)[],
    late = 0,
  ) => {
    for (const [n, step] of list.entries()) {
      const article = articles[step.article];
      if (article === undefined) continue;
      const from = article.texts.length;
      let kind: YearChange['kind'] = 'revised';
      if (!article.isThere || step.do === 'retire') {
        kind = article.isThere ? 'retired' : 'restored';
        article.isThere = !article.isThere;
      } else {
        article.texts.push((step.do === 'undo' ? article.texts.at(-2) : undefined) ?? ++text);
      }
      const { significance, alerts } = step;
      const planMeanwhile = () => plan(late);
      if (late > 0 && n === 0 && database.kind === 'sqlite') await planMeanwhile(); // one writer at a time
      const id = await world.recordChange({
        articleId: article.id,
        technologies: step.technologies.map((one) => technologies[one] ?? asId(0)),
        ...{ kind, significance, alerts, recordedAt: now - hourMs },
        ...(late > 0 && n === 0 && database.kind === 'postgres' && { beforeCommit: planMeanwhile }),
      });
      lastChange = id;
      const visibleFrom = late > 0 ? now + 1 : now;
      const [before, after] = [article.texts[from - 1] ?? 0, article.texts.at(-1) ?? 0];
      changes.push({
        ...{ id, technologies: step.technologies, kind, significance, alerts, visibleFrom },
        ...{ article: step.article, fromRevision: from, toRevision: article.texts.length, before, after },
      });
    }
  };

  for (let n = 0; ; n++) {
    const { minutes, schedulers, event } = happenings[n % happenings.length] ?? {
      ...{ minutes: 60, schedulers: 1, event: { do: 'nothing' } as const },
    };
    now = Math.min(now + minutes * minuteMs, steps.instants.find((instant) => instant > now) ?? end);
    if (now >= end) break;
    switch (event.do) {
      case 'scan':
        await scan(event.steps);
        break;
      case 'scan-late':
        await scan(event.steps, 2);
        continue;
      case 'outage':
        outageSince ??= now;
        break;
      case 'move': {
        const account = accounts[event.account];
        if (account === undefined) break;
        const zone = nextZone();
        const hour = hourOf(zone, event.hour);
        await db
          .updateTable('accounts')
          .set({ time_zone: zone, digest_hour: hour, next_digest_at: null })
          .where('id', '=', account.id)
          .execute();
        account.places.push({ from: now, zone, hour });
        break;
      }
      case 'pause': {
        const account = accounts[event.account];
        if (account === undefined) break;
        await db
          .updateTable('accounts')
          .set({ paused: event.isPaused ? 1 : 0 })
          .where('id', '=', account.id)
          .execute();
        const since = paused.get(account);
        if (event.isPaused && since === undefined) paused.set(account, now);
        if (!event.isPaused && since !== undefined) {
          account.hindrances.push({ from: since, until: now });
          paused.delete(account);
        }
        break;
      }
      case 'defer': {
        const deferred = await db
          .updateTable('deliveries')
          .set({ state: 'deferred', attempts: 1 })
          .where('state', '=', 'queued')
          .where(sql<boolean>`account_id % 11 = ${event.share}`)
          .returning('account_id')
          .execute();
        for (const { account_id } of deferred) {
          const id = asId<AccountId>(account_id);
          if (!open.has(id)) open.set(id, now);
        }
        break;
      }
      case 'settle':
        await db
          .updateTable('deliveries')
          .set({ state: event.state, attempts: 1 })
          .where('state', 'in', ['queued', 'deferred'])
          .execute();
        endOpen();
        break;
      case 'follow': {
        const account = accounts[event.account];
        if (account) await follow(account, event.technology, event.threshold, now);
        break;
      }
      case 'unfollow': {
        const account = accounts[event.account];
        const last = account && standing.get(account)?.pop();
        if (!last) break;
        await subscriptions.unfollow(account.id, last.id);
        last.record.until = now;
        break;
      }
      case 'nothing':
        break;
    }
    await plan(schedulers);
  }
  function endOpen() {
    for (const account of accounts) {
      const since = open.get(account.id);
      if (since !== undefined) account.hindrances.push({ from: since, until: now });
    }
    open.clear();
  }
  endOpen();
  for (const [account, since] of paused) account.hindrances.push({ from: since, until: end });
  if (outageSince !== null)
    for (const account of accounts) account.hindrances.push({ from: outageSince, until: end });
  const longestStepMs = longestStepHours * hourMs;
  return {
    record: { start, end, ticks, accounts, changes, longestStepMs },
    digests: await loadDigests(database),
  };
}

/** Which hour each zone skips or repeats, and the instants around each step of a clock at which to look. */
function findClockSteps(start: number, end: number): { hours: Map<string, number>; instants: number[] } {
  const hours = new Map<string, number>();
  const instants = new Set<number>();
  for (const zone of allZones) {
    let at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
    for (;;) {
      const next = at.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds >= end) break;
      const old = next.subtract({ nanoseconds: 1 }).offsetNanoseconds;
      const least = Math.min(old, next.offsetNanoseconds) / 1e6;
      hours.set(zone, new Date(next.epochMilliseconds + least).getUTCHours());
      for (const minutes of [-60, -30, -1, 0, 30, 60])
        instants.add(next.epochMilliseconds + minutes * minuteMs);
      at = next;
    }
  }
  return { hours, instants: [...instants].sort((a, b) => a - b) };
}

async function loadDigests({ db }: Database): Promise<YearDigest[]> {
  const rows = await db
    .selectFrom('digests')
    .select(['id', 'account_id', 'local_date', 'time_zone', 'planned_at'])
    .orderBy('planned_at')
    .execute();
  const told = Map.groupBy(
    await db.selectFrom('digest_changes').select(['digest_id', 'change_id']).orderBy('change_id').execute(),
    (row) => row.digest_id,
  );
  return rows.map((row) => ({
    account: asId(row.account_id),
    localDate: row.local_date,
    timeZone: row.time_zone,
    plannedAt: row.planned_at,
    changes: (told.get(row.id) ?? []).map((one) => asId(one.change_id)),
  }));
}
