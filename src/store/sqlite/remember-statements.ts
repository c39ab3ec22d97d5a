import type BetterSqlite3 from 'better-sqlite3';

const maxStatements = 300;

/** Prepares a statement, or finds it prepared. */
export type Prepare = (text: string) => BetterSqlite3.Statement;

/**
 * Gives statements of a connection from a memory: to prepare a small query takes longer than to run it. Those that
 * were not used for longest are forgotten.
 */
export function rememberStatements(connection: BetterSqlite3.Database): Prepare {
  // The order of a Map is that of insertion: the first entry is the one that was not used for longest.
  const statements = new Map<string, BetterSqlite3.Statement>();
  return (text) => {
    const known = statements.get(text);
    const statement = known && !known.busy ? known : connection.prepare(text);
    statements.delete(text);
    statements.set(text, statement);
    if (statements.size > maxStatements) {
      const [oldest] = statements.keys();
      if (oldest !== undefined) statements.delete(oldest);
    }
    return statement;
  };
}
