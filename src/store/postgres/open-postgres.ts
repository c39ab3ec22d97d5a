import { Kysely } from 'kysely';
import pg from 'pg';
import type { Database, DatabaseLocation } from '../database.ts';
import type { Schema } from '../schema.ts';
import { createSharedTransactions } from '../share-transaction.ts';
import { explainPostgresFailure } from './explain-failure.ts';
import { ExplainingPostgresDialect } from './explaining-dialect.ts';

// bigint and count(*) come as strings by default; all our integers stay below 2^53.
const parseInteger = (text: string): number => Number(text);
const integerTypes = new Map<number, (text: string) => number>([
  [20, parseInteger],
  [1700, parseInteger],
]);

/** How long to wait for a free connection, or for a server that does not answer, before a page says so. */
const connectTimeoutMs = 15_000;

/** Longer than any work between two statements of a transaction. */
const defaultMostIdleMs = 60_000;

/** Opens a pool of connections to `url`; the first query connects. */
export function openPostgres(location: Extract<DatabaseLocation, { readonly url: string }>): Database {
  const { url, maxConnections = 10, mostIdleMs = defaultMostIdleMs } = location;
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true, // a server whose host is gone says nothing
    // A process that is frozen within a transaction would keep its locks for ever. Not said when connecting: PgBouncer
    // refuses what it does not know.
    onConnect: (client) =>
      client.query(`set idle_in_transaction_session_timeout = ${Math.round(mostIdleMs)}`),
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        integerTypes.get(oid) ??
        pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser, // overloads can't be inferred
    },
  });
  // A connection that breaks is replaced by the pool, and the next query on it fails. Without listeners it would end
  // the process: the pool listens to those that are idle only, not to one between two queries of a transaction.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const dialect = new ExplainingPostgresDialect({ pool }, (error) => explainPostgresFailure(error, url));
  const transactions = createSharedTransactions();
  const db = new Kysely<Schema>({ dialect: transactions.share(dialect) });
  return {
    kind: 'postgres',
    db,
    atomically: transactions.atomicallyOn(db),
    close: () => db.destroy(),
  };
}
