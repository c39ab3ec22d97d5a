import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import type { AuditEntry, AuditRecorder } from '../accounts/audit.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAuditTrail } from './audit.ts';
import { openDatabase } from './database.ts';
import { createSuppressionStore } from './suppressions.ts';

const clock = { now: () => asId<Instant>(1000) };
const change = (role: string): AuditEntry => ({
  actor: { kind: 'account', id: asId(7) },
  action: 'role.changed',
  subject: 'account:9',
  detail: { from: 'reader', to: role },
});

const recordOnly = (trail: AuditRecorder | undefined, entry: AuditEntry) =>
  trail?.recordAct(
    async () => {},
    () => entry,
  );

describeOnBothDatabases('the audit trail', (databases) => {
  test('lists what was done, newest first, filtered by action, actor and subject', async () => {
    const trail = createAuditTrail(await databases.open(), clock);
    await recordOnly(trail, change('curator'));
    await recordOnly(trail, { actor: { kind: 'operator' }, action: 'source.removed', subject: 'source:x' });
    await recordOnly(trail, change('moderator'));
    const list = async (filter: object) =>
      (await trail.listAudit({ limit: 10, ...filter })).map((record) => record.id);
    expect(await list({})).toEqual([3, 2, 1]);
    expect(await list({ action: 'role' })).toEqual([3, 1]);
    expect(await list({ action: 'rol' })).toEqual([]);
    expect(await list({ action: 'source.removed' })).toEqual([2]);
    expect(await list({ actor: asId(7), before: 3 })).toEqual([1]);
    expect(await list({ subject: 'source:x' })).toEqual([2]);
    expect(await trail.listActions()).toEqual(['role.changed', 'source.removed']);
    const [record] = await trail.listAudit({ limit: 1 });
    expect(record).toMatchObject({ ...change('moderator'), id: 3, at: 1000 });
    expect(record?.addresses.size).toBe(0);
  });

  test('has an entry of what was done, and what has no entry was not done', async () => {
    const database = await databases.open();
    const suppressions = createSuppressionStore(database);
    const suppress = (addressKey: string) => () =>
      suppressions.suppress({ addressKey, reason: 'manual', detail: '', createdAt: clock.now() });
    const trail = createAuditTrail(database, clock);
    const isKept = async (key: string) => (await suppressions.findSuppression(key)) !== null;
    const told = (isDone: boolean) => (isDone ? change('curator') : null);

    expect(await trail.recordAct(suppress('a@example.org'), told)).toBe(true);
    expect(await trail.recordAct(suppress('a@example.org'), told)).toBe(false);
    expect(await trail.verifyAudit()).toEqual({ kind: 'whole', entries: 1 });

    const stopped = createAuditTrail(database, {
      now() {
        throw new Error('ended before the entry was written');
      },
    });
    await expect(stopped.recordAct(suppress('b@example.org'), told)).rejects.toThrow('ended before');
    expect(await isKept('b@example.org')).toBe(false);
    const broken = trail.recordAct(async () => {
      await suppress('c@example.org')();
      throw new Error('ended before the act was done');
    }, told);
    await expect(broken).rejects.toThrow('ended before');
    expect([await isKept('a@example.org'), await isKept('c@example.org')]).toEqual([true, false]);
    expect(await trail.verifyAudit()).toEqual({ kind: 'whole', entries: 1 });
  });

  test('can be edited by nobody', async () => {
    const database = await databases.open();
    const trail = createAuditTrail(database, clock);
    await recordOnly(trail, change('curator'));
    const refusal = 'the audit trail is only ever added to';
    for (const statement of [
      sql`update audit_entries set detail = '{}'`,
      sql`delete from audit_entries`,
      ...(database.kind === 'postgres' ? [sql`truncate audit_entries`] : []),
    ]) {
      await expect(statement.execute(database.db)).rejects.toThrow(refusal);
    }
    expect(await trail.verifyAudit()).toEqual({ kind: 'whole', entries: 1 });
  });

  test('shows an entry that somebody with the whole database in hand changed or took out', async () => {
    const database = await databases.open();
    const trail = createAuditTrail(database, clock);
    for (const role of ['curator', 'moderator', 'administrator', 'reader'])
      await recordOnly(trail, change(role));
    expect(await trail.verifyAudit()).toEqual({ kind: 'whole', entries: 4 });
    const disarm = database.kind === 'sqlite' ? '' : ' on audit_entries';
    for (const trigger of ['audit_entries_never_change', 'audit_entries_never_go']) {
      await sql.raw(`drop trigger ${trigger}${disarm}`).execute(database.db);
    }
    await database.db
      .updateTable('audit_entries')
      .set({ subject: 'account:8' })
      .where('id', '=', 3)
      .execute();
    expect(await trail.verifyAudit()).toMatchObject({ kind: 'broken', id: 3 });
    await database.db.deleteFrom('audit_entries').where('id', '=', 2).execute();
    expect(await trail.verifyAudit()).toMatchObject({
      kind: 'broken',
      id: 3,
      sentence: 'Entry 2 is missing: the next one is 3.',
    });
  });

  test('stays one chain when several processes add to it', async () => {
    const location = await databases.locate();
    const [one, two] = [openDatabase(location), openDatabase(location)];
    const trails = [one, two].map((database) => createAuditTrail(database, clock));
    await Promise.all(Array.from({ length: 20 }, (_, n) => recordOnly(trails[n % 2], change(`role ${n}`))));
    expect(await trails[0]?.verifyAudit()).toEqual({ kind: 'whole', entries: 20 });
    await Promise.all([one.close(), two.close()]);
  });
});
