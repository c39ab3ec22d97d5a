import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { migrateSafely } from './migrate-safely.ts';
import { migrations } from './migrations/list.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copies = () => readdirSync(folder).filter((name) => name.includes('before-upgrade'));
const last = migrations.at(-1)?.name ?? '';

/** Makes a table that the last step of an upgrade leaves alone, and forgets that the step was run. */
async function pretendToBeOlder({ db }: Database): Promise<void> {
  await sql`delete from migrations where name = ${last}`.execute(db);
}

test('a new database needs no copy, and one that is up to date neither', async () => {
  const location = { file: join(folder, 'kb.sqlite') };
  const database = openDatabase(location);
  expect(await migrateSafely(database, location)).toHaveLength(migrations.length);
  expect(await migrateSafely(database, location)).toEqual([]);
  expect(copies()).toEqual([]);
  await database.close();
});

test('an older database is copied before its upgrade, also when that fails', async () => {
  const location = { file: join(folder, 'kb.sqlite') };
  const database = openDatabase(location);
  await migrateSafely(database, location);
  await sql`insert into settings (name, value) values ('mine', 'kept')`.execute(database.db);
  await pretendToBeOlder(database);
  // What the last step makes is there already: it fails.
  await expect(migrateSafely(database, location)).rejects.toThrow();
  expect(copies()).toHaveLength(1);
  await expect(migrateSafely(database, location)).rejects.toThrow();
  expect(copies()).toHaveLength(1);
  await database.close();
  const copy = openDatabase({ file: join(folder, copies()[0] ?? '') });
  const { rows } = await sql<{ value: string }>`select value from settings where name = 'mine'`.execute(
    copy.db,
  );
  expect(rows).toEqual([{ value: 'kept' }]);
  await copy.close();
});

test('a database of a newer version is refused, and nothing is copied', async () => {
  const location = { file: join(folder, 'kb.sqlite') };
  const database = openDatabase(location);
  await migrateSafely(database, location);
  await sql`insert into migrations (name) values ('9999-from-the-future')`.execute(database.db);
  await expect(migrateSafely(database, location)).rejects.toThrow(/newer kbalertz/);
  expect(copies()).toEqual([]);
  await database.close();
});
