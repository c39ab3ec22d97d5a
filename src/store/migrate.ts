import { sql } from 'kysely';
import type { Database } from './database.ts';
import { migrations } from './migrations/list.ts';

/**
 * A numbered step of the schema, written once for both databases. Placeholders: `{id}` an integer primary key
 * given by the database, never reused; `{int}` a 64-bit integer; `{bytes}` binary.
 */
export type Migration = { readonly name: string; readonly statements: readonly string[] };

const types = {
  sqlite: { id: 'integer primary key autoincrement', int: 'integer', bytes: 'blob' },
  postgres: { id: 'bigint generated always as identity primary key', int: 'bigint', bytes: 'bytea' },
} as const;

/** The schema of this database is of a newer version of the program, which this one must not touch. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

/**
 * Brings the schema up to date and returns the names of the steps that were run. Safe to call from any number of
 * processes at once: the first one does the work, the others wait and find nothing to do.
 */
export async function migrate(database: Database): Promise<string[]> {
  const { db, kind } = database;
  return db.transaction().execute(async (tx) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(7266301)`.execute(tx);
    await sql`create table if not exists migrations (name text not null primary key)`.execute(tx);
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(tx);
    const done = new Set(rows.map((row) => row.name));
    const known = new Set(migrations.map((migration) => migration.name));
    const foreign = [...done].filter((name) => !known.has(name));
    if (foreign.length > 0) {
      throw new NewerSchemaError(
        `This database was used by a newer kbalertz (it knows ${foreign.join(', ')}). Nothing was changed. ` +
          'Start the newer version, or restore the backup that was taken before the upgrade.',
      );
    }
    const run: string[] = [];
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      for (const statement of migration.statements) {
        const text = statement.replace(
          /\{(id|int|bytes)\}/g,
          (_, name: 'id' | 'int' | 'bytes') => types[kind][name],
        );
        await sql.raw(text).execute(tx);
      }
      await sql`insert into migrations (name) values (${migration.name})`.execute(tx);
      run.push(migration.name);
    }
    return run;
  });
}
