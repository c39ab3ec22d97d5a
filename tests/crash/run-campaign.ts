import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type AccountId, asId, type Instant, type TechnologyId } from '../../src/knowledge/ids.ts';
import { createChannelStore } from '../../src/store/channels.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';
import { openSealer } from '../factories/open-sealer.ts';
import {
  type CampaignClock,
  type Policy,
  simulatedNow,
  type Way,
  type WorkerSettings,
} from './campaign-settings.ts';
import { dismissWorkers, hireWorker, untilQuiet } from './campaign-workers.ts';
import { checkLedger, type Verdict } from './check-ledger.ts';
import { campaignSecret, hookUrlOf, startHookSink } from './hook-sink.ts';
import { startSmtpSink } from './smtp-sink.ts';

export type CampaignOptions = {
  /** Of an empty database. */
  readonly location: DatabaseLocation;
  readonly workers: number;
  /** How many workers die before the last ones may finish in peace. */
  readonly kills: number;
  readonly policy: Policy;
  /** `mail` unless told otherwise. */
  readonly way?: Way;
  readonly accounts: number;
  /** Peace comes after so long in any case; the report says how many died until then. */
  readonly mostMinutes?: number;
  /** A server that crashes `count` times while all this goes on, and how to make it. */
  readonly restarts?: { readonly count: number; crash(): Promise<void> };
  readonly onProgress?: (line: string) => void;
};

export type CampaignReport = Verdict & {
  readonly kills: number;
  /** Of these, by the worker's own hand at a kill point between two steps. */
  readonly killsAtPoints: number;
  /** Of the database server, while workers were at work. */
  readonly restarts: number;
  readonly changes: number;
  readonly deferred: number;
  readonly simulatedDays: number;
};

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const speed = (2 * hourMs) / 1000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kolkata',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Auckland',
];
const technologyCount = 12;

/** Lets workers plan and deliver while they are killed and changes are recorded, then checks what came of it. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const database = openDatabase(options.location);
  await migrate(database);
  const { way = 'mail' } = options;
  const sink = await (way === 'mail' ? startSmtpSink : startHookSink)({ deferOneIn: 10 });
  const started = Date.now();
  let clock: CampaignClock = { realStart: started, simulatedStart: Date.UTC(2026, 2, 2), speed };
  const world = await populate(database, options.accounts);
  if (way === 'webhook') await chooseWebhooks(database, sink.port);
  const recorder = recordChanges(world);
  const crew = startCrew(options, () => ({
    location: options.location,
    way,
    sinkPort: sink.port,
    clock,
    policy: options.policy,
    deathChance: 0.01,
  }));
  const restarting = crashDatabase(options);
  await crew.killUntil(options.kills, started + (options.mostMinutes ?? 24 * 60) * 60_000);
  const restarts = await restarting;
  await recorder.stop();

  // In peace now: some days pass, each at once, until everything is told and delivered.
  await crew.dismiss();
  for (let day = 0; day < 4; day++) {
    clock = { ...clock, simulatedStart: clock.simulatedStart + dayMs };
    const rest = startCrew({ ...options, workers: 1 }, () => ({
      location: options.location,
      way,
      sinkPort: sink.port,
      clock,
      policy: options.policy,
      deathChance: 0,
    }));
    await untilQuiet(database, () => simulatedNow(clock));
    await rest.dismiss();
  }
  const verdict = await checkLedger(database, world.expect(), sink.acceptances, { looksForTitles: true });
  await sink.close();
  await database.close();
  return {
    ...verdict,
    kills: crew.countKills(),
    killsAtPoints: crew.countKillsAtPoints(),
    restarts,
    changes: world.changes.length,
    deferred: sink.countDeferred(),
    simulatedDays: Math.round((simulatedNow(clock) - Date.UTC(2026, 2, 2)) / dayMs),
  };
}

type World = Awaited<ReturnType<typeof populate>>;

async function populate(database: Database, accountCount: number) {
  const ledger = await createLedgerWorld(database);
  const subscriptions = createSubscriptionStore(database);
  const technologies: TechnologyId[] = [];
  for (let n = 0; n < technologyCount; n++) technologies.push(await ledger.addTechnology(`Technology ${n}`));
  const follows = new Map<number, Set<TechnologyId>>();
  for (let n = 0; n < accountCount; n++) {
    const timeZone = zones[n % zones.length] ?? 'UTC';
    const account = await ledger.addAccount({ timeZone, digestHour: (n * 5) % 24, nextDigestAt: null });
    const followed = new Set(technologies.filter((_, index) => (n + index * index) % 5 < 2));
    for (const technologyId of followed) {
      const request = { kind: 'technology', technologyId } as const;
      await subscriptions.follow({
        accountId: account,
        followed: request,
        threshold: 'material',
        now: asId(0),
      });
    }
    follows.set(account, followed);
  }
  const changes: { id: number; technologies: readonly TechnologyId[] }[] = [];
  return {
    ledger,
    technologies,
    changes,
    kind: database.kind,
    /** What each account follows, of what was recorded. */
    expect: () =>
      new Map(
        [...follows].map(([account, followed]) => [
          account,
          new Set(
            changes.filter((one) => one.technologies.some((id) => followed.has(id))).map((one) => one.id),
          ),
        ]),
      ),
  };
}

/** Every account takes its digests by a webhook of its own, and none by mail. */
async function chooseWebhooks(database: Database, port: number): Promise<void> {
  const channels = createChannelStore(database, openSealer(database));
  const now = asId<Instant>(0);
  for (const { id, address } of await database.db
    .selectFrom('accounts')
    .select(['id', 'address'])
    .execute()) {
    const accountId = asId<AccountId>(id);
    const target = { kind: 'webhook', url: hookUrlOf(port, address), secret: campaignSecret } as const;
    const added = await channels.addChannel({ accountId, name: 'hook', target, now });
    if (added.kind !== 'added') throw new Error(added.kind);
    await channels.activateChannel(added.channel.id, now);
    await channels.chooseMail(accountId, false, now);
  }
}

/** A scan now and then; on PostgreSQL some commit late, while planning goes on. */
function recordChanges(world: World): { stop(): Promise<void> } {
  let isStopping = false;
  const run = async () => {
    for (let n = 0; !isStopping; n++) {
      const picked = world.technologies.filter(() => Math.random() < 0.15);
      const isLate = world.kind === 'postgres' && n % 4 === 0;
      const title = `Article number ${n} of the campaign`;
      const articleId = await certainly(
        () => world.ledger.addArticle(title),
        () => findNewest(world, 'articles', 'title', title),
      );
      const id = await certainly(
        () =>
          world.ledger.recordChange({
            articleId: asId(articleId),
            technologies: picked,
            ...(isLate && { beforeCommit: () => sleep(Math.random() * 300) }),
          }),
        () => findNewest(world, 'changes', 'article_id', articleId),
      );
      world.changes.push({ id, technologies: picked });
      await sleep(Math.random() * 250);
    }
  };
  const running = run();
  return {
    async stop() {
      isStopping = true;
      await running;
    },
  };
}

/** Writes something once: what was under way when the server crashed may have been kept, or not. */
async function certainly(
  write: () => Promise<number>,
  find: () => Promise<number | undefined>,
): Promise<number> {
  let isInDoubt = false;
  for (;;) {
    try {
      return (isInDoubt ? await find() : undefined) ?? (await write());
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'UNREACHABLE')) throw error;
      isInDoubt = true;
      await sleep(50);
    }
  }
}

async function findNewest(
  { ledger }: World,
  table: 'articles' | 'changes',
  column: 'title' | 'article_id',
  value: string | number,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.table(table)} where ${sql.ref(column)} = ${value} order by id desc limit 1`.execute(
    ledger.database.db,
  );
  return rows[0]?.id;
}

/** Lets the database server crash again and again while workers are killed; returns how often it did. */
async function crashDatabase({ restarts, onProgress }: CampaignOptions): Promise<number> {
  if (!restarts) return 0;
  for (let n = 1; n <= restarts.count; n++) {
    await sleep(1000 + Math.random() * 4000);
    await restarts.crash();
    if (n % 10 === 0) onProgress?.(`${n} restarts of the database server`);
  }
  return restarts.count;
}

/** Workers that are replaced when they die. */
function startCrew(options: Pick<CampaignOptions, 'workers' | 'onProgress'>, settings: () => WorkerSettings) {
  let kills = 0;
  let killsAtPoints = 0;
  let isDismissed = false;
  const alive = new Map<ChildProcess, Promise<unknown>>();
  const killedByUs = new Set<ChildProcess>();
  const failures: string[] = [];

  const hire = (): void => {
    const worker = hireWorker(settings(), ['ignore', 'inherit', 'pipe', 'ipc']);
    let said = '';
    worker.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    alive.set(
      worker,
      once(worker, 'message').catch(() => {}),
    ); // that it is ready; not if it dies before
    worker.once('exit', (_code, signal) => {
      alive.delete(worker);
      if (signal === 'SIGKILL') {
        kills += 1;
        if (!killedByUs.delete(worker)) killsAtPoints += 1;
        if (kills % 20 === 0) options.onProgress?.(`${kills} kills`);
      } else if (!isDismissed) failures.push(said.slice(-2000));
      if (!isDismissed && failures.length === 0) hire();
    });
  };
  for (let n = 0; n < options.workers; n++) hire();

  return {
    countKills: () => kills,
    countKillsAtPoints: () => killsAtPoints,
    /** Until so many are dead, or the instant has come. */
    async killUntil(count: number, deadline: number) {
      const isOver = () => kills >= count || Date.now() > deadline;
      const kill = async () => {
        while (!isOver()) {
          if (failures[0] !== undefined) throw new Error(`A worker ended by itself:\n${failures[0]}`);
          const [worker, isReady] = [...alive].sort(() => Math.random() - 0.5)[0] ?? [];
          // Most die at work, some while they start.
          if (Math.random() < 0.9) await Promise.race([isReady, sleep(10_000)]);
          await sleep(Math.random() * 400);
          if (worker && alive.has(worker) && !isOver()) {
            killedByUs.add(worker);
            worker.kill('SIGKILL');
          }
        }
      };
      await Promise.all(Array.from({ length: Math.ceil(options.workers / 2) }, kill));
    },
    async dismiss() {
      isDismissed = true;
      const leaving = [...alive].map(async ([worker, isReady]) => {
        await Promise.race([isReady, once(worker, 'exit')]);
        if (alive.has(worker)) await dismissWorkers([worker]);
      });
      await Promise.all(leaving);
    },
  };
}
