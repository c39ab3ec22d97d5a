import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asId, type TechnologyId } from '../../src/knowledge/ids.ts';
import { backupDatabase, restoreDatabase } from '../../src/store/backup.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { verifyChanges } from '../../src/store/verifying/verify-changes.ts';
import { verifyLedger } from '../../src/store/verifying/verify-ledger.ts';
import { type CampaignClock, simulatedNow } from '../crash/campaign-settings.ts';
import { dismissWorkers, hireWorker, untilQuiet } from '../crash/campaign-workers.ts';
import { checkLedger, type Expectation } from '../crash/check-ledger.ts';
import { startSmtpSink } from '../crash/smtp-sink.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';
import { sizes } from '../sizes.ts';

const dayMs = 86_400_000;
/** Two hours in a second, so that days pass while the copies are made. */
const speed = 7200;
const accountCount = 30;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-load-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('backups that are taken while scans and digests flow go on as if nothing had been', async () => {
  const location = { file: join(folder, 'kbalertz.sqlite') };
  const database = openDatabase(location);
  await migrate(database);
  const world = await createLedgerWorld(database);
  const technologies: TechnologyId[] = [];
  for (let n = 0; n < 8; n++) technologies.push(await world.addTechnology(`Technology ${n}`));
  for (let n = 0; n < accountCount; n++) {
    const accountId = await world.addAccount({ digestHour: n % 24, nextDigestAt: null });
    for (const technologyId of technologies.filter((_, at) => (n + at) % 3 === 0)) {
      const followed = { kind: 'technology', technologyId } as const;
      await createSubscriptionStore(database).follow({
        accountId,
        followed,
        threshold: 'material',
        now: asId(0),
      });
    }
  }
  const sink = await startSmtpSink({ deferOneIn: 8 });
  const clock: CampaignClock = { realStart: Date.now(), simulatedStart: Date.UTC(2026, 2, 2), speed };
  const workers = [1, 2].map(() => hire({ location, sinkPort: sink.port, clock }));
  let isLoaded = true;
  const load = (async () => {
    for (let n = 0; isLoaded; n++) {
      const articleId = await world.addArticle(`Article ${n}`);
      await world.recordChange({
        articleId,
        technologies: technologies.filter((_, at) => (n + at) % 4 === 0),
      });
      await sleep(40);
    }
  })();

  const backups: string[] = [];
  while (backups.length < sizes.backups) {
    await sleep(2500);
    const file = join(folder, `backup-${backups.length}.sqlite`);
    await backupDatabase(database, file);
    backups.push(file);
  }
  isLoaded = false;
  await load;
  await dismissWorkers(workers);
  await sink.close();
  await database.close();

  for (const [at, backup] of backups.entries()) {
    const place = { file: join(folder, `restored-${at}.sqlite`) };
    await restoreDatabase(place, backup);
    const restored = openDatabase(place);
    expect((await verifyLedger(restored, () => {})).faults).toEqual([]);
    const { faults } = await verifyChanges(restored, () => {});
    // The articles of this world have no texts, so that their revisions are not kept.
    expect(faults.filter((fault) => !fault.includes('names a revision'))).toEqual([]);
    // What reached readers before the copy was made, as far as the copy can know of it.
    const known = await listSentMessages(restored);
    const before = sink.acceptances.filter(({ messageId }) => known.has(messageId));

    const after = await startSmtpSink({ deferOneIn: 8 });
    const expected = await expectAllTold(restored);
    let later: CampaignClock = { ...clock, realStart: Date.now(), simulatedStart: simulatedNow(clock) };
    for (let day = 0; day < 3; day++) {
      later = { ...later, realStart: Date.now(), simulatedStart: simulatedNow(later) + dayMs };
      const worker = hire({ location: place, sinkPort: after.port, clock: later });
      await untilQuiet(restored, () => simulatedNow(later));
      await dismissWorkers([worker]);
    }
    await after.close();
    const verdict = await checkLedger(restored, expected, [...before, ...after.acceptances], {
      looksForTitles: true,
    });
    expect(verdict.violations).toEqual([]);
    expect(verdict.told).toBeGreaterThan(0);
    expect((await verifyLedger(restored, () => {})).faults).toEqual([]);
    await restored.close();
  }
});

function hire(given: { location: DatabaseLocation; sinkPort: number; clock: CampaignClock }): ChildProcess {
  return hireWorker({ ...given, way: 'mail', policy: 'right', deathChance: 0 });
}

async function listSentMessages({ db }: Database): Promise<Set<string>> {
  const rows = await db
    .selectFrom('deliveries')
    .select('message_id')
    .where('state', 'in', ['accepted', 'sending'])
    .where('message_id', 'is not', null)
    .execute();
  return new Set(rows.map(({ message_id }) => message_id ?? ''));
}

/** Every change that is in the copy, for whoever follows one of its technologies. */
async function expectAllTold({ db }: Database): Promise<Expectation> {
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('change_technologies', 'change_technologies.technology_id', 'subscriptions.technology_id')
    .select(['account_id', 'change_id'])
    .whereRef('change_id', '>', 'after_change_id')
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.account_id)].map(([account, own]) => [
      account,
      new Set(own.map((row) => row.change_id)),
    ]),
  );
}
