import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planDigests } from '../../src/alerts/plan-digests.ts';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createDigestLedger } from '../../src/store/digests.ts';
import { migrate } from '../../src/store/migrate.ts';
import { watchWrittenSource, writeSource } from '../../src/store/scanning.fixture.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { verifyChanges } from '../../src/store/verifying/verify-changes.ts';
import { verifyLedger } from '../../src/store/verifying/verify-ledger.ts';
import { verifyRevisions } from '../../src/store/verifying/verify-revisions.ts';
import { findDebianPostgres, startDebianPostgres } from '../databases/debian-postgres.ts';
import { runOnServer } from '../databases/template-database.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';

const bin = findDebianPostgres();
const isMissing = bin === null && process.env.CI !== 'true';
const dayMs = 86_400_000;
const backups = 3;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-dump-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const article = (n: number, round: number) =>
  `---\ntitle: Article ${n}\nappliesto:\n- Exchange Online\n---\n# Article ${n}\n\n## Resolution\n\n1. Install update KB${5_000_000 + round}.\n`;

test.skipIf(isMissing)(
  `pg_dump while scans and digests flow, and pg_restore, as the guide has it${isMissing ? ' (no PostgreSQL of the system here)' : ''}`,
  async () => {
    if (bin === null) throw new Error(`There is no PostgreSQL with its tools in /usr/lib/postgresql.`);
    const server = await startDebianPostgres(bin);
    try {
      const [live, restored] = [server.urlOf('live'), server.urlOf('restored')];
      for (const name of ['live', 'restored']) {
        await runOnServer(server.urlOf('postgres'), `create database ${name}`);
      }
      const database = openDatabase({ url: live, maxConnections: 6 });
      await migrate(database);
      const world = await createLedgerWorld(database);
      const written = writeSource();
      const { source, scanner } = await watchWrittenSource(database, written);
      const scan = async (round: number) => {
        const shown = Array.from({ length: 40 + round }, (_, n) => [
          `a${n}`,
          article(n, n % 4 === round % 4 ? round : 0),
        ]);
        written.show(Object.fromEntries(shown));
        await scanner.scan(source);
      };
      await scan(0);
      const exchange = await database.db
        .selectFrom('technologies')
        .select('id')
        .where('slug', '=', 'exchange-online')
        .executeTakeFirstOrThrow();
      for (let n = 0; n < 20; n += 1) {
        await createSubscriptionStore(database).follow({
          accountId: await world.addAccount({ digestHour: n, nextDigestAt: null }),
          followed: { kind: 'technology', technologyId: asId(exchange.id) },
          threshold: 'material',
          now: asId(0),
        });
      }
      let isLoaded = true;
      const now = { at: Date.UTC(2026, 2, 2) };
      const load = (async () => {
        for (let round = 1; isLoaded; round += 1) {
          await scan(round);
          now.at += dayMs / 4;
          const clock = { now: () => asId<Instant>(now.at) };
          await planDigests({ ledger: createDigestLedger(database), clock });
        }
      })();
      const files: string[] = [];
      while (files.length < backups) {
        await sleep(500);
        const file = join(folder, `${files.length}.dump`);
        await server.run('pg_dump', ['--format=custom', `--file=${file}`, live]);
        files.push(file);
      }
      isLoaded = false;
      await load;
      await database.close();

      const seen: number[] = [];
      for (const file of files) {
        await server.run('pg_restore', ['--clean', '--if-exists', `--dbname=${restored}`, file]);
        const copy = openDatabase({ url: restored, maxConnections: 2 });
        await migrate(copy);
        for (const verify of [verifyRevisions, verifyChanges, verifyLedger]) {
          expect((await verify(copy, () => {})).faults).toEqual([]);
        }
        const { last } = await copy.db
          .selectFrom('changes')
          .select((eb) => eb.fn.max<number>('id').as('last'))
          .executeTakeFirstOrThrow();
        seen.push(last);
        // It goes on from there: what the copy had not told yet is told once.
        const later = { now: () => asId<Instant>(now.at + 2 * dayMs) };
        expect((await planDigests({ ledger: createDigestLedger(copy), clock: later })).accounts).toBe(20);
        expect((await verifyLedger(copy, () => {})).faults).toEqual([]);
        await copy.close();
      }
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(new Set(seen).size).toBe(backups);
    } finally {
      await server.stop();
    }
  },
);
