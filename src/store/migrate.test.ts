import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { openDatabase } from './database.ts';
import { migrate, NewerSchemaError } from './migrate.ts';
import { migrations } from './migrations/list.ts';

test('the steps are listed in the order of their numbers, each once', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});

describeOnBothDatabases('migrate', (databases) => {
  test('runs each step once, also when two processes start together', async () => {
    const location = await databases.locateNew();
    const [a, b] = [openDatabase(location), openDatabase(location)];
    const runs = await Promise.all([migrate(a), migrate(b)]);
    expect(runs.flat().sort()).toEqual(migrations.map((migration) => migration.name).sort());
    expect(await migrate(a)).toEqual([]);
    await Promise.all([a.close(), b.close()]);
  });

  test('refuses a database of a newer version and changes nothing', async () => {
    const database = await databases.open();
    await sql`insert into migrations (name) values ('9999-from-the-future')`.execute(database.db);
    await expect(migrate(database)).rejects.toThrow(NewerSchemaError);
  });

  test('keeps two digests of an account 20 hours apart and in one chain', async () => {
    const { db } = await databases.open();
    await db
      .insertInto('accounts')
      .values({
        address: 'a@example.org',
        address_key: 'a@example.org',
        confirmed_at: 1,
        role: 'reader',
        password_hash: null,
        time_zone: 'UTC',
        digest_hour: 7,
        paused: 0,
        next_digest_at: null,
        unsubscribe_secret: 's',
        created_at: 1,
      })
      .execute();
    const claim = (localDate: string, plannedAt: number, previous: number | null) =>
      db
        .insertInto('digests')
        .values({
          account_id: 1,
          local_date: localDate,
          time_zone: 'UTC',
          planned_at: plannedAt,
          previous_planned_at: previous,
        })
        .execute();
    const hour = 3_600_000;
    await claim('2026-01-01', 100 * hour, null);
    await expect(claim('2026-01-02', 130 * hour, null)).rejects.toThrow();
    await expect(claim('2026-01-02', 119 * hour, 100 * hour)).rejects.toThrow();
    await expect(claim('2026-01-01', 130 * hour, 100 * hour)).rejects.toThrow();
    await claim('2026-01-02', 120 * hour, 100 * hour);
    await expect(claim('2026-01-03', 140 * hour, 100 * hour)).rejects.toThrow();
  });
});
