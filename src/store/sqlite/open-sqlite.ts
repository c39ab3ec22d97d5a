import BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { Schema } from '../schema.ts';
import { PatientSqliteDialect } from './patient-dialect.ts';
import { rememberStatements } from './remember-statements.ts';

/** Opens or makes the file, in WAL mode, so that readers and the command line work while the server writes. */
export function openSqlite(file: string): Database {
  // The driver below waits for locks; SQLite's own waiting would hold up every page of the process.
  const connection = new BetterSqlite3(file, { timeout: 0 });
  connection.pragma('busy_timeout = 5000'); // but the switch to WAL may meet another opener
  connection.pragma('journal_mode = WAL');
  connection.pragma('busy_timeout = 0');
  connection.pragma('synchronous = FULL'); // the ledger must survive a power cut, not only a crash
  connection.pragma('foreign_keys = ON');
  connection.pragma('cache_size = -32000');
  connection.pragma('temp_store = MEMORY');
  const db = new Kysely<Schema>({
    dialect: new PatientSqliteDialect({ database: rememberStatements(connection) }),
  });
  return { kind: 'sqlite', db, close: () => db.destroy() };
}
