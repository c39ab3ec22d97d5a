import BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { Schema } from '../schema.ts';
import { createSharedTransactions } from '../share-transaction.ts';
import { explainSqliteFailure } from './explain-failure.ts';
import { TwoWaySqliteDialect } from './sqlite-dialect.ts';

/** How long a statement waits for other processes' locks before it fails as LOCKED. */
const defaultPatienceMs = 30_000;

/**
 * Opens or makes the file, in WAL mode, so that readers and the command line work while the server writes.
 * Throws StoreError when it can't be opened.
 */
export function openSqlite(file: string, patienceMs = defaultPatienceMs): Database {
  const explain = (error: unknown) => explainSqliteFailure(error, file);
  try {
    const writer = connect(file, -16_000);
    const reader = file === ':memory:' ? writer : connect(file, -32_000);
    const dialect = new TwoWaySqliteDialect({ writer, reader, patienceMs, explain });
    const transactions = createSharedTransactions();
    const db = new Kysely<Schema>({ dialect: transactions.share(dialect) });
    const close = async () => {
      await db.destroy();
      for (const connection of [reader, writer]) connection.close(); // Kysely closes only what was used
    };
    return { kind: 'sqlite', db, atomically: transactions.atomicallyOn(db), close };
  } catch (error) {
    throw explain(error);
  }
}

/** `cacheSize` as SQLite has it: below zero, in KiB. */
function connect(file: string, cacheSize: number): BetterSqlite3.Database {
  // The driver waits for locks; SQLite's own waiting would hold up every page of the process.
  const connection = new BetterSqlite3(file, { timeout: 0 });
  connection.pragma('busy_timeout = 5000'); // but the switch to WAL may meet another opener
  connection.pragma('journal_mode = WAL');
  connection.pragma('busy_timeout = 0');
  connection.pragma('synchronous = FULL'); // the ledger must survive a power cut, not only a crash
  connection.pragma('foreign_keys = ON');
  connection.pragma(`cache_size = ${cacheSize}`);
  connection.pragma('temp_store = MEMORY');
  // Pages that are written again and again come home once; a bulk edit swells the log, and a checkpoint cuts it back.
  connection.pragma('wal_autocheckpoint = 4000');
  connection.pragma('journal_size_limit = 16000000');
  return connection;
}
