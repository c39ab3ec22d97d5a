import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { asId, type TechnologyId } from '../../src/knowledge/ids.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { checkLedger } from '../crash/check-ledger.ts';
import type { ReplaySettings } from '../crash/replay-worker.ts';
import { startSmtpSink } from '../crash/smtp-sink.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';
import { sizes } from '../sizes.ts';
import { requireData } from './data.ts';

const dayMs = 86_400_000;
const newYear = Date.UTC(2021, 0, 1);
const accountCount = 300;
/** More take longer: each costs the start of a process. */
const kills = Number(process.env.KBALERTZ_REPLAY_KILLS ?? sizes.replayKills);
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Adelaide',
  'Asia/Tokyo',
  'America/St_Johns',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Africa/Johannesburg',
];

describeOnBothDatabases('the year 2021, night by night', (databases) => {
  const timeout = 1_800_000;
  test('tells 300 readers every material change of their technologies, once, through kills', {
    timeout,
  }, async (context) => {
    const bundle = requireData('office-kb.bundle', context);
    const folder = mkdtempSync(join(tmpdir(), 'kbalertz-replay-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const location = await databases.locate();
    const database = openDatabase(location);
    const sink = await startSmtpSink({ deferOneIn: 50 });
    await addSource(database, bundle);
    const settings = {
      location,
      cacheFolder: join(folder, 'cache'),
      sourceName: 'office',
      smtpPort: sink.port,
    };

    await liveThrough({ ...settings, days: [newYear] }, 0);
    const follows = await addReaders(database);
    const days = Array.from({ length: 365 }, (_, n) => newYear + (n + 1) * dayMs);
    const deaths = await liveThrough({ ...settings, days }, kills);
    // What was deferred or cut off last goes out, and the last night's digests come in all zones.
    await liveThrough({ ...settings, days: [366, 367, 368].map((n) => newYear + n * dayMs) }, 0);

    const expected = await expectMaterialChanges(database, follows);
    const verdict = await checkLedger(database, expected, sink.acceptances, { looksForTitles: false });
    await sink.close();
    await database.close();
    console.log(
      `${location && 'url' in location ? 'PostgreSQL' : 'SQLite'}: ${verdict.told} changes told in ${verdict.digests} digests, ` +
        `${verdict.voids} of them undone before they were sent; ${deaths} kills, ${verdict.doubled} messages arrived twice`,
    );
    expect(verdict.violations).toEqual([]);
    expect(deaths).toBe(kills);
    expect(verdict.told).toBeGreaterThan(5000);
  });
});

async function addSource(database: Database, bundle: string): Promise<void> {
  const outcome = await openStore(database).sources.add({
    name: 'office',
    title: 'Office',
    kind: 'git',
    url: bundle,
    settings: {},
    schedule: '0 0 * * *',
    licence: 'CC BY 4.0',
    attribution: '',
    createdAt: asId(newYear),
  });
  if (outcome.kind !== 'added') throw new Error('The database is new.');
}

/** Each follows one to five technologies that articles apply to; returns what by account. */
async function addReaders(database: Database): Promise<Map<number, Set<TechnologyId>>> {
  const world = await createLedgerWorld(database);
  const subscriptions = createSubscriptionStore(database);
  const rows = await database.db
    .selectFrom('article_technologies')
    .select('technology_id')
    .distinct()
    .orderBy('technology_id')
    .execute();
  const follows = new Map<number, Set<TechnologyId>>();
  for (let n = 0; n < accountCount; n++) {
    const timeZone = zones[n % zones.length] ?? 'UTC';
    const account = await world.addAccount({ timeZone, digestHour: (n * 7) % 24, nextDigestAt: null });
    const followed = new Set<TechnologyId>();
    for (let pick = 0; pick <= n % 5; pick++) {
      const row = rows[(n * 7919 + pick * 104_729) % rows.length];
      if (row) followed.add(asId(row.technology_id));
    }
    for (const technologyId of followed) {
      const technology = { kind: 'technology', technologyId } as const;
      await subscriptions.follow({
        accountId: account,
        followed: technology,
        threshold: 'material',
        now: asId(newYear),
      });
    }
    follows.set(account, followed);
  }
  return follows;
}

/** Runs the worker through the days, killing it now and then; returns how often it died. */
async function liveThrough(settings: ReplaySettings, deaths: number): Promise<number> {
  const program = join(import.meta.dirname, '../crash/replay-worker.ts');
  const { days } = settings;
  let reached = 0;
  let killed = 0;
  while (reached < days.length) {
    const rest: ReplaySettings = { ...settings, days: days.slice(reached) };
    const worker = fork(program, [JSON.stringify(rest)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    worker.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    worker.on('message', (day) => {
      reached = days.indexOf(Number(day)) + 1;
    });
    const ended = once(worker, 'exit');
    // Spread over the first nine tenths: the next one dies when its share of these has passed, at a random moment.
    const due = () => killed < deaths && reached >= (0.9 * days.length * killed) / deaths;
    const killer = async () => {
      while (worker.exitCode === null && worker.signalCode === null) {
        await sleep(20 + Math.random() * 400);
        if (due() && worker.kill('SIGKILL')) break;
      }
    };
    const [[code, signal]] = await Promise.all([ended, killer()]);
    if (signal === 'SIGKILL') killed += 1;
    else if (code !== 0) throw new Error(`The worker ended by itself:\n${said.slice(-2000)}`);
  }
  return killed;
}

/** Straight from the changes and the technologies they concern, past everything that planning uses. */
async function expectMaterialChanges(
  { db }: Database,
  follows: ReadonlyMap<number, ReadonlySet<TechnologyId>>,
): Promise<Map<number, Set<number>>> {
  const rows = await db
    .selectFrom('changes')
    .innerJoin('change_technologies', 'change_technologies.change_id', 'changes.id')
    .select(['changes.id', 'technology_id'])
    .where('significance', '=', 'material')
    .where('occurred_at', '>', newYear)
    .where('alerts', '=', 1)
    .execute();
  const changesOf = Map.groupBy(rows, (row) => row.technology_id);
  return new Map(
    [...follows].map(([account, technologies]) => [
      account,
      new Set([...technologies].flatMap((id) => (changesOf.get(id) ?? []).map((row) => row.id))),
    ]),
  );
}
