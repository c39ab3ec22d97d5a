/**
 * Plans the digests of many accounts that are all due at once, and beside it, on a sample, one account at a time.
 * Each account follows 5 of 400 technologies, articles and sources; 200 changes concern one or two technologies each,
 * and those above them: about 8 changes for an account.
 *
 *     node bench/planning.ts [--accounts N] [--nights N] [--postgres | --database URL]
 *
 * `--postgres` starts a server; `--database` takes an empty database of a running one. From the second night on the
 * ledger knows what was told before. `peak memory` is of the whole process. Exits with 1 when the slowest night takes
 * longer than 60 seconds for a million accounts (120 on PostgreSQL), or the process more than 700 MB.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { planDigests } from '../src/alerts/plan-digests.ts';
import { type ArticleId, asId, type Instant, type TechnologyId } from '../src/knowledge/ids.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../src/store/database.ts';
import { createDigestLedger } from '../src/store/digests.ts';
import { migrate } from '../src/store/migrate.ts';
import { startPostgres } from '../tests/databases/postgres-server.ts';
import { createLedgerWorld, type LedgerWorld } from '../tests/factories/ledger-world.ts';

const { values: options } = parseArgs({
  options: {
    accounts: { type: 'string', default: '1000000' },
    nights: { type: 'string', default: '2' },
    postgres: { type: 'boolean', default: false },
    database: { type: 'string' },
  },
});
const accountCount = Number(options.accounts);
const sampleSize = Math.min(2000, Math.ceil(accountCount / 10));
const technologyCount = 400;
const articleCount = 3000;
const changesANight = 200;
const dayMs = 86_400_000;
const firstNight = Date.parse('2026-03-02T12:00:00Z');

const place = await makePlace();
const database = openDatabase(place.location);
try {
  await migrate(database);
  const world = await createLedgerWorld(database);
  const { technologies, articles } = await fillWorld(world);
  await addAccounts(database);
  print(
    `${database.kind}: ${format(accountCount)} accounts, ${format(await countSubscriptions())} subscriptions`,
  );

  const loopRate = await planOneByOne(world, technologies, articles);
  const rates: number[] = [];
  for (let night = 1; night <= Number(options.nights); night++) {
    rates.push(await planNight(world, technologies, articles, night));
  }
  const median = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  print(`one account at a time, ${format(sampleSize)} of them: ${format(loopRate)} accounts/s`);
  print(
    `ratio ${(median / loopRate).toFixed(1)} (above 1: faster than one at a time); median of ${rates.length} nights`,
  );
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  print(`peak memory ${peakMb} MB; database ${place.describeSize()}`);
  const limitSeconds = ((database.kind === 'sqlite' ? 60 : 120) * accountCount) / 1_000_000;
  const slowestSeconds = accountCount / Math.min(...rates);
  const load = loadavg()[0]?.toFixed(1);
  const isMet = slowestSeconds <= limitSeconds && peakMb <= 700;
  print(
    `${isMet ? 'met' : 'MISSED'}: slowest night ${slowestSeconds.toFixed(1)} s of ${limitSeconds} s, ${peakMb} MB of 700 MB; load of the machine ${load} on ${availableParallelism()} cores`,
  );
  if (!isMet) process.exitCode = 1;
} finally {
  await database.close();
  await place.remove();
}
// At once: the package of PostgreSQL ends a process that has nothing left to do with 0, whatever status was set.
process.exit();

/** Returns accounts a second. */
async function planNight(
  world: LedgerWorld,
  technologies: readonly TechnologyId[],
  articles: readonly ArticleId[],
  night: number,
): Promise<number> {
  await recordChanges(world, technologies, articles, night);
  const clock = { now: () => asId<Instant>(firstNight + night * dayMs) };
  const pauses: number[] = [];
  let last = performance.now();
  const start = last;
  const cpu = process.cpuUsage();
  const report = await planDigests({
    ledger: createDigestLedger(database),
    clock,
    async betweenBatches() {
      pauses.push(performance.now() - last);
      last = performance.now();
      return true;
    },
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = pauses.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  print(
    `night ${night}: ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of this process) for ${format(report.accounts)} accounts, ${format(report.digests)} digests, ` +
      `${format(report.changes)} changes told; transactions: median ${at(0.5)} ms, 99th of 100 ${at(0.99)} ms, longest ${at(1)} ms`,
  );
  return report.accounts / seconds;
}

/** The baseline: the same work with a transaction for each account. */
async function planOneByOne(
  world: LedgerWorld,
  technologies: readonly TechnologyId[],
  articles: readonly ArticleId[],
): Promise<number> {
  await recordChanges(world, technologies, articles, 0);
  const now = asId<Instant>(firstNight);
  await setDue(sql`id <= ${sampleSize}`);
  const clock = { now: () => now };
  const start = performance.now();
  await planDigests({ ledger: createDigestLedger(database), clock, batch: 1, lanes: 1 });
  const seconds = (performance.now() - start) / 1000;
  await setDue(sql`true`);
  await sql`update accounts set told_through = (select max(id) from changes)`.execute(database.db);
  return sampleSize / seconds;
}

async function setDue(which: ReturnType<typeof sql>): Promise<void> {
  await sql`update accounts set next_digest_at = case when ${which} then 0 else null end,
    paused = case when ${which} then 0 else 1 end`.execute(database.db);
}

async function fillWorld(world: LedgerWorld) {
  const technologies: TechnologyId[] = [];
  const articles: ArticleId[] = [];
  for (let n = 0; n < technologyCount; n++) {
    technologies.push(
      await world.addTechnology(`Technology ${n}`, n < 20 ? undefined : technologies[n % 20]),
    );
  }
  for (let n = 0; n < articleCount; n++) articles.push(await world.addArticle());
  return { technologies, articles };
}

async function recordChanges(
  world: LedgerWorld,
  technologies: readonly TechnologyId[],
  articles: readonly ArticleId[],
  night: number,
): Promise<void> {
  for (let n = 0; n < changesANight; n++) {
    const picked = new Set<TechnologyId>();
    for (let pick = 0; pick <= scatter(night * 1000 + n, 1) % 2; pick++) {
      const index = scatter(night * 1000 + n, pick + 2) % technologyCount;
      const [own, parent] = [technologies[index], technologies[index % 20]];
      if (own !== undefined) picked.add(own);
      if (parent !== undefined) picked.add(parent);
    }
    await world.recordChange({
      articleId: articles[scatter(night * 1000 + n, 9) % articleCount] ?? asId(1),
      technologies: [...picked],
      kind: n % 5 === 0 ? 'created' : 'revised',
      reasons: JSON.stringify([
        { code: 'step-added', section: 'resolution', sentence: 'Resolution: step 2 added.' },
      ]),
      passage: JSON.stringify({ before: 'x'.repeat(200), after: 'y'.repeat(250) }),
    });
  }
}

/** Accounts in five zones, each with five subscriptions: 4.6 technologies, 0.4 articles and 0.02 sources on average. */
async function addAccounts({ db }: Database): Promise<void> {
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Australia/Adelaide'];
  const zone = sql.raw(`case i % 5 ${zones.map((name, n) => `when ${n} then '${name}'`).join(' ')} end`);
  for (let first = 1; first <= accountCount; first += 20_000) {
    const last = Math.min(first + 19_999, accountCount);
    await sql`
      insert into accounts (address, address_key, confirmed_at, role, password_hash, time_zone, digest_hour, paused,
        next_digest_at, told_through, unsubscribe_secret, created_at)
      select 'reader' || i || '@example.org', 'reader' || i || '@example.org', 0, 'reader', null, ${zone}, 7, 0,
        0, 0, 'secret' || (i * 7919), 0
      from (with recursive n (i) as (select cast(${first} as bigint) union all select i + 1 from n where i < ${last})
        select i from n) numbers`.execute(db);
    await sql`
      insert into subscriptions (account_id, kind, technology_id, article_id, source_id, query, threshold, created_at,
        after_change_id)
      select i, case when r < 920 then 'technology' when r < 1004 then 'article' else 'source' end,
        case when r < 920 then 1 + h % ${technologyCount} end,
        case when r >= 920 and r < 1004 then 1 + h % ${articleCount} end,
        case when r >= 1004 then 1 end, null, 'material', 0, 0
      from (with recursive n (i, j) as (select cast(${first} as bigint), 1 union all
          select case when j = 5 then i + 1 else i end, case when j = 5 then 1 else j + 1 end
          from n where i < ${last} or j < 5)
        select i, (i * 48271 + j * 69621) % 2147483647 / 7 as h, (i * 16807 + j * 39373) % 1009 as r from n) picks
      where true on conflict do nothing`.execute(db);
  }
  if (database.kind === 'postgres') await sql`analyze`.execute(db);
}

async function countSubscriptions(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from subscriptions`.execute(
    database.db,
  );
  return rows[0]?.count ?? 0;
}

async function makePlace(): Promise<{
  location: DatabaseLocation;
  describeSize(): string;
  remove(): Promise<void>;
}> {
  if (options.database !== undefined) {
    return { location: { url: options.database }, describeSize: () => 'on a server', remove: async () => {} };
  }
  if (options.postgres) {
    const server = await startPostgres(['shared_buffers=256MB', 'max_wal_size=4GB']);
    return {
      location: { url: server.url },
      describeSize: () => 'on a server',
      remove: () => server.remove(),
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-'));
  const file = join(folder, 'kbalertz.sqlite');
  return {
    location: { file },
    describeSize: () => `${Math.round(statSync(file).size / 1e6)} MB`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A number that looks random and is the same in every run. */
function scatter(a: number, b: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function format(count: number): string {
  return Math.round(count).toLocaleString('en');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
