import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sql } from 'kysely';
import { backupDatabase } from './backup.ts';
import type { Database, DatabaseLocation } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/list.ts';
import { StoreError } from './store-error.ts';

/** So many of the copies that were taken before upgrades stay. */
const keptCopies = 3;
const label = '.before-upgrade-from-';

/**
 * Brings the schema up to date. A SQLite database that something is in is copied first, beside itself: who wants to go
 * back to the version before has what it needs. PostgreSQL is backed up by its operator.
 */
export async function migrateSafely(database: Database, location: DatabaseLocation): Promise<string[]> {
  const copy = 'file' in location ? await findCopyToTake(database, location.file) : null;
  if (copy !== null) await takeCopy(database, copy);
  const steps = await migrate(database);
  if (copy !== null) await dropOldCopies(copy.file);
  return steps;
}

type Copy = { readonly file: string; readonly name: string };

/** null: there is nothing to do, or nothing to lose. */
async function findCopyToTake(database: Database, file: string): Promise<Copy | null> {
  if (file === ':memory:') return null;
  const { rows: tables } = await sql`select 1 from sqlite_master where name = 'migrations'`.execute(
    database.db,
  );
  if (tables.length === 0) return null;
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(
    database.db,
  );
  const done = new Set(rows.map((row) => row.name));
  const last = rows.at(-1)?.name;
  // A database of a newer version is refused by the migration itself, and not touched.
  if (last === undefined || migrations.every(({ name }) => done.has(name))) return null;
  return { file, name: `${basename(file)}${label}${last}` };
}

async function takeCopy(database: Database, { file, name }: Copy): Promise<void> {
  try {
    await backupDatabase(database, join(dirname(file), name));
  } catch (error) {
    // Another process that starts at the same time took it, or an upgrade that broke off: it is the same state.
    if (error instanceof StoreError && error.code === 'REFUSED') return;
    throw error;
  }
}

async function dropOldCopies(file: string): Promise<void> {
  const beginning = `${basename(file)}${label}`;
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(beginning)).sort();
  for (const name of names.slice(0, -keptCopies)) await rm(join(dirname(file), name), { force: true });
}
