import type { Kysely } from 'kysely';
import type { Atomically } from '../knowledge/atomically.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

/** An open database. Both kinds behave alike; `kind` is for the few statements that differ. */
export type Database = {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Kysely<Schema>;
  /** Every function of the store that is called within it takes part in its one transaction. */
  readonly atomically: Atomically;
  /** Waits for what is under way and frees files and connections. */
  close(): Promise<void>;
};

/**
 * Where the data lives: `{ file }` for SQLite (`:memory:` allowed), `{ url }` for PostgreSQL. `lockPatienceMs`: how
 * long to wait for another process that writes. `mostIdleMs`: how long a transaction may say nothing before the server
 * ends it.
 */
export type DatabaseLocation =
  | { readonly file: string; readonly lockPatienceMs?: number }
  | { readonly url: string; readonly maxConnections?: number; readonly mostIdleMs?: number };

/** Opens the database; does not migrate. Throws when the file or server can't be reached. */
export function openDatabase(location: DatabaseLocation): Database {
  return 'file' in location ? openSqlite(location.file, location.lockPatienceMs) : openPostgres(location);
}
