import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { tellAdministrators } from './tell-administrators.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describeOnBothDatabases('administrators', (databases) => {
  async function openInstallation() {
    const folder = mkdtempSync(join(tmpdir(), 'kbalertz-tell-'));
    const location = await databases.locate();
    let now = 100 * dayMs;
    const config = { ...readConfig({}, { data: folder }), database: location };
    const parts = await compose(config, { now: () => asId<Instant>(now) });
    const world = await createLedgerWorld(parts.database);
    const { db } = parts.database;
    const administrator = await world.addAccount({ address: 'root@example.org', nextDigestAt: null });
    await db.updateTable('accounts').set({ role: 'administrator' }).where('id', '=', administrator).execute();
    await world.addAccount({ address: 'reader@example.org', nextDigestAt: null });
    const hold = (startedAt: number) =>
      db
        .insertInto('scans')
        .values({
          source_id: world.sourceId,
          state: 'held',
          started_at: startedAt,
          baseline: 0,
          counts: '{}',
          warnings: '[]',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
    return {
      parts,
      db,
      world,
      hold,
      async pass(ms: number) {
        now += ms;
        await tellAdministrators(parts);
        await parts.attemptDueDeliveries(); // into the outbox: what is stuck would be told, too
        return (
          await db.selectFrom('notices').select(['address', 'subject', 'message']).orderBy('id').execute()
        ).map((row) => ({ ...row, message: Buffer.from(row.message).toString('utf8') }));
      },
      async close() {
        await parts.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }

  test('hear of what is new, at most once a day, and of nothing else', async () => {
    const { db, hold, pass, close } = await openInstallation();
    expect(await pass(0)).toEqual([]);
    const { id } = await hold(100 * dayMs);
    const first = await pass(hourMs);
    expect(first.map(({ address }) => address)).toEqual(['root@example.org']);
    expect(first[0]?.subject).toMatch(/^Scan \d+ of source-\d+ is held/);
    // The same again, and something new within the day: no mail.
    expect(await pass(hourMs)).toHaveLength(1);
    await db.updateTable('scans').set({ state: 'failed' }).where('id', '=', id).execute();
    const second = await hold(100 * dayMs);
    expect(await pass(hourMs)).toHaveLength(1);
    // A day later what is new is told; a day after that there is nothing new.
    const later = await pass(dayMs);
    expect(later).toHaveLength(2);
    expect(later[1]?.subject).toContain(`Scan ${second.id} `);
    expect(await pass(2 * dayMs)).toHaveLength(2);
    // What ended and comes again is new.
    await db.updateTable('scans').set({ state: 'failed' }).where('id', '=', second.id).execute();
    expect(await pass(dayMs)).toHaveLength(2);
    await db.updateTable('scans').set({ state: 'held' }).where('id', '=', second.id).execute();
    expect(await pass(dayMs)).toHaveLength(3);
    await close();
  });

  test('get one mail for everything that is wrong, also from two processes at once', async () => {
    const { parts, db, world, hold, pass, close } = await openInstallation();
    await hold(100 * dayMs);
    await db
      .insertInto('source_schedules')
      .values({
        source_id: world.sourceId,
        next_scan_at: 0,
        requested_at: null,
        failures: 4,
        failing_since: 96 * dayMs,
        told_at: null,
      })
      .execute();
    await world.addAccount({ nextDigestAt: 100 * dayMs - 2 * hourMs });
    await Promise.all([tellAdministrators(parts), tellAdministrators(parts)]);
    const mails = await pass(hourMs);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('3 things need your attention');
    expect(mails[0]?.message).toContain('could not be scanned since 1970-04-07');
    await close();
  });

  test('hear of domains that refuse our mail as of everything else, also when one refuses again', async () => {
    const { parts, pass, close } = await openInstallation();
    const refuse = () =>
      parts.returned.desk.takeBounce({
        address: 'reader@big.example',
        kind: 'policy',
        reason: 'blocked',
        status: '5.7.1',
        diagnostic: '550 5.7.1 <reader@big.example> rejected due to local policy',
      });
    await refuse();
    const first = await pass(0);
    expect(first.map(({ subject }) => subject)).toEqual(['big.example refuses our mail']);
    expect(first[0]?.message).toContain('/admin/deliveries');
    expect(first[0]?.message).not.toContain('reader@big.example');
    for (const hours of [1, 4]) expect(await pass(hours * hourMs)).toHaveLength(1);
    expect(await pass(2 * hourMs)).toHaveLength(1); // the pause has ended
    await refuse();
    expect(await pass(0)).toHaveLength(1); // within a day of the mail before
    expect(await pass(17 * hourMs)).toHaveLength(1); // which is over, too, before the day is
    await refuse();
    expect(await pass(hourMs)).toHaveLength(2);
    await close();
  });
});
