import type BetterSqlite3 from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

const maxStatements = 300;

/**
 * The database with a memory for prepared statements: Kysely prepares every query anew, which takes longer than
 * running a small one. The statements that were not used for longest are forgotten.
 */
export function rememberStatements(connection: BetterSqlite3.Database): SqliteDatabase {
  // The order of a Map is that of insertion: the first entry is the one that was not used for longest.
  const statements = new Map<string, BetterSqlite3.Statement>();
  return {
    close: () => connection.close(),
    prepare(text) {
      const known = statements.get(text);
      const statement = known && !known.busy ? known : connection.prepare(text);
      statements.delete(text);
      statements.set(text, statement);
      if (statements.size > maxStatements) {
        const [oldest] = statements.keys();
        if (oldest !== undefined) statements.delete(oldest);
      }
      return statement;
    },
  };
}
