import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asId, type TechnologyId } from '../../src/knowledge/ids.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';
import { type CampaignClock, type Policy, simulatedNow, type WorkerSettings } from './campaign-settings.ts';
import { checkLedger, type Verdict } from './check-ledger.ts';
import { startSmtpSink } from './smtp-sink.ts';

export type CampaignOptions = {
  /** Of an empty database. */
  readonly location: DatabaseLocation;
  readonly workers: number;
  /** How many workers die before the last ones may finish in peace. */
  readonly kills: number;
  readonly policy: Policy;
  readonly accounts: number;
  readonly onProgress?: (line: string) => void;
};

export type CampaignReport = Verdict & {
  readonly kills: number;
  /** Of these, by the worker's own hand at a kill point between two steps. */
  readonly killsAtPoints: number;
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
  const sink = await startSmtpSink({ deferOneIn: 10 });
  const started = Date.now();
  let clock: CampaignClock = { realStart: started, simulatedStart: Date.UTC(2026, 2, 2), speed };
  const world = await populate(database, options.accounts);
  const recorder = recordChanges(world);
  const crew = startCrew(options, () => ({
    location: options.location,
    smtpPort: sink.port,
    clock,
    policy: options.policy,
    deathChance: 0.01,
  }));
  await crew.killUntil(options.kills);
  await recorder.stop();

  // In peace now: some days pass, each at once, until everything is told and delivered.
  await crew.dismiss();
  for (let day = 0; day < 4; day++) {
    clock = { ...clock, simulatedStart: clock.simulatedStart + dayMs };
    const rest = startCrew({ ...options, workers: 1 }, () => ({
      location: options.location,
      smtpPort: sink.port,
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

/** A scan now and then; on PostgreSQL some commit late, while planning goes on. */
function recordChanges(world: World): { stop(): Promise<void> } {
  let isStopping = false;
  const run = async () => {
    for (let n = 0; !isStopping; n++) {
      const picked = world.technologies.filter(() => Math.random() < 0.15);
      const isLate = world.kind === 'postgres' && n % 4 === 0;
      const articleId = await world.ledger.addArticle(`Article number ${n} of the campaign`);
      const id = await world.ledger.recordChange({
        articleId,
        technologies: picked,
        ...(isLate && { beforeCommit: () => sleep(Math.random() * 300) }),
      });
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

/** Workers that are replaced when they die. */
function startCrew(options: Pick<CampaignOptions, 'workers' | 'onProgress'>, settings: () => WorkerSettings) {
  const program = join(import.meta.dirname, 'campaign-worker.ts');
  let kills = 0;
  let killsAtPoints = 0;
  let isDismissed = false;
  const alive = new Map<ChildProcess, Promise<unknown>>();
  const killedByUs = new Set<ChildProcess>();
  const failures: string[] = [];

  const hire = (): void => {
    const worker = fork(program, [JSON.stringify(settings())], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
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
    async killUntil(count: number) {
      while (kills < count) {
        if (failures[0] !== undefined) throw new Error(`A worker ended by itself:\n${failures[0]}`);
        const [worker, isReady] = [...alive].sort(() => Math.random() - 0.5)[0] ?? [];
        // Most die at work, some while they start.
        if (Math.random() < 0.9) await Promise.race([isReady, sleep(10_000)]);
        await sleep(Math.random() * 400);
        if (worker && alive.has(worker) && kills < count) {
          killedByUs.add(worker);
          worker.kill('SIGKILL');
        }
      }
    },
    async dismiss() {
      isDismissed = true;
      const leaving = [...alive.keys()].map(async (worker) => {
        const left = once(worker, 'exit');
        await Promise.race([alive.get(worker), left]);
        if (worker.connected) worker.send('stop', () => {}); // it may be dying at this moment
        await left;
      });
      await Promise.all(leaving);
    },
  };
}

/** Until no account is due and no delivery is open. */
async function untilQuiet({ db }: Database, now: () => number): Promise<void> {
  for (;;) {
    const open = await db
      .selectFrom('deliveries')
      .select('id')
      .where('state', 'in', ['queued', 'sending', 'deferred'])
      .limit(1)
      .executeTakeFirst();
    const due = await db
      .selectFrom('accounts')
      .select('id')
      .where((eb) => eb.or([eb('next_digest_at', 'is', null), eb('next_digest_at', '<=', now())]))
      .limit(1)
      .executeTakeFirst();
    if (!open && !due) return;
    await sleep(100);
  }
}
