import { constants } from 'node:fs';
import { access, copyFile, open, rename, rm, stat } from 'node:fs/promises';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { type Database, type DatabaseLocation, openDatabase } from './database.ts';
import { findForeignMigrations } from './migrate.ts';
import { nameServer } from './postgres/explain-failure.ts';
import { explainSqliteFailure } from './sqlite/explain-failure.ts';
import { codeOf, StoreError } from './store-error.ts';

/**
 * Writes the whole database as it is at this moment into a new file, while others go on reading and writing, and
 * checks that it can be read back. Throws StoreError; the file appears only when it is good.
 */
export async function backupDatabase(database: Database, file: string): Promise<{ bytes: number }> {
  if (database.kind === 'postgres') {
    throw new StoreError(
      'NOT_POSSIBLE_HERE',
      `PostgreSQL is backed up with its own tool. Nothing was written; run: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
    );
  }
  await refuseExisting(file);
  const unfinished = `${file}.unfinished`;
  await rm(unfinished, { force: true });
  try {
    await sql`vacuum into ${unfinished}`.execute(database.db);
    checkBackup(unfinished);
    await syncFile(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw explainSqliteFailure(error, file);
  }
  return { bytes: (await stat(file)).size };
}

/**
 * Puts a backup in the place of the database, which is kept beside it as `….before-restore`. Nobody may use the
 * database meanwhile. Throws StoreError, and then the database is as it was.
 */
export async function restoreDatabase(
  location: DatabaseLocation,
  backup: string,
): Promise<{ keptAs: string | null }> {
  if ('url' in location) {
    throw new StoreError(
      'NOT_POSSIBLE_HERE',
      `PostgreSQL is restored with its own tool. Nothing was changed on ${nameServer(location.url)}; run: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${backup}`,
    );
  }
  const { file } = location;
  checkBackup(backup);
  const arriving = `${file}.restoring`;
  await copyFile(backup, arriving);
  await syncFile(arriving);
  const keptAs = await moveAside(file);
  await rename(arriving, file);
  const restored = openDatabase(location); // WAL mode is not part of a backup
  await restored.close();
  return { keptAs };
}

/** Throws StoreError unless the file is a whole database that this version of the program can use. */
function checkBackup(file: string): void {
  let connection: BetterSqlite3.Database | null = null;
  try {
    connection = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    const report = connection.pragma('integrity_check(5)', { simple: true });
    if (report !== 'ok') {
      throw new StoreError(
        'DAMAGED',
        `${file} is damaged (${String(report)}). Nothing was changed; use another backup.`,
      );
    }
    const isOurs = connection
      .prepare(`select count(*) from sqlite_master where name in ('migrations', 'articles', 'digests')`)
      .pluck()
      .get();
    if (isOurs !== 3) {
      throw new StoreError('NOT_A_DATABASE', `${file} is no backup of kbalertz. Nothing was changed.`);
    }
    const names = connection.prepare('select name from migrations').pluck().all().map(String);
    const foreign = findForeignMigrations(names);
    if (foreign.length > 0) {
      throw new StoreError(
        'NOT_POSSIBLE_HERE',
        `${file} is of a newer kbalertz (it knows ${foreign.join(', ')}). Nothing was changed; restore it with that version.`,
      );
    }
  } catch (error) {
    throw explainSqliteFailure(error, file);
  } finally {
    connection?.close();
  }
}

const exists = (file: string) =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );

/** The name, or the first of `name-2`, `name-3` … that nothing has. */
async function findFreeName(name: string): Promise<string> {
  let free = name;
  for (let n = 2; await exists(free); n += 1) free = `${name}-${n}`;
  return free;
}

async function refuseExisting(file: string): Promise<void> {
  if (await exists(file)) {
    throw new StoreError('REFUSED', `${file} exists already and was left as it is. Choose another name.`);
  }
}

/** Takes the database out of the way when nobody uses it; null when there was none. */
async function moveAside(file: string): Promise<string | null> {
  if (!(await exists(file))) return null;
  const keptAs = await findFreeName(`${file}.before-restore`);
  try {
    const connection = new BetterSqlite3(file, { timeout: 0 });
    try {
      // In this mode the first access fails while any other connection is open (SQLite, "pragma locking_mode").
      connection.pragma('locking_mode = EXCLUSIVE');
      connection.pragma('journal_mode = DELETE'); // brings the write-ahead log home
      connection.exec('begin exclusive; commit');
    } finally {
      connection.close();
    }
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      throw new StoreError(
        'LOCKED',
        `${file} is in use. Nothing was changed; stop "kbalertz serve" and "kbalertz worker", then restore again.`,
        { cause: error },
      );
    }
    if (!codeOf(error).startsWith('SQLITE_')) throw error; // a damaged file is what one restores a backup for
  }
  for (const suffix of ['-wal', '-shm']) {
    await rename(`${file}${suffix}`, `${keptAs}${suffix}`).catch(ignoreMissing);
  }
  await rename(file, keptAs);
  return keptAs;
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
