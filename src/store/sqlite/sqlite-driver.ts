import { setTimeout as sleep } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { codeOf } from '../store-error.ts';
import { type Prepare, rememberStatements } from './remember-statements.ts';

/** An open file. `reader` is `writer` itself where a second connection would see another database (`:memory:`). */
export type SqliteFile = {
  readonly writer: BetterSqlite3.Database;
  readonly reader: BetterSqlite3.Database;
  /** How long a statement waits for other processes before it fails. */
  readonly patienceMs: number;
  /** Tells what went wrong in the words of the program. */
  readonly explain: (error: unknown) => unknown;
};

/** What Kysely holds while it runs a query or a transaction. */
type Session = DatabaseConnection & {
  /** Waits for its turn to write and keeps it until the session is released. */
  takeTurn(): Promise<void>;
  endTurn(): void;
};

/**
 * SQLite for several processes. A transaction takes the write lock when it begins: a deferred one that reads first and
 * writes later would fail with SQLITE_BUSY when another process wrote in between, however long one waits (SQLite,
 * "Write-ahead logging", 2.2). What meets a lock waits without holding up the event loop, and those that only read
 * never wait for those that write: a page is served while a scan commits.
 */
export function createSqliteDriver({ writer, reader, patienceMs, explain }: SqliteFile): Driver {
  const prepareWriting = rememberStatements(writer);
  const prepareReading = reader === writer ? prepareWriting : rememberStatements(reader);
  const turns = createTurns();

  const patiently = async <R>(prepare: Prepare, query: CompiledQuery): Promise<QueryResult<R>> => {
    const deadline = performance.now() + patienceMs;
    for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, 50)) {
      try {
        return run<R>(prepare, query);
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw explain(error);
        await sleep(waitMs * (0.5 + Math.random()));
      }
    }
  };

  const openSession = (): Session => {
    let endTurn: (() => void) | null = null;
    const session: Session = {
      async takeTurn() {
        endTurn ??= await turns.take();
      },
      endTurn() {
        endTurn?.();
        endTurn = null;
      },
      async executeQuery<R>(query: CompiledQuery) {
        if (!endTurn && reader !== writer && onlyReads(prepareReading, query, explain)) {
          return patiently<R>(prepareReading, query);
        }
        await session.takeTurn();
        return patiently<R>(prepareWriting, query);
      },
      async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
        const rows = prepareReading(query.sql).iterate(query.parameters);
        for (const row of rows) yield { rows: [row as R] }; // the rows of a query are what it says that they are
      },
    };
    return session;
  };

  const asSession = (connection: DatabaseConnection) => connection as Session; // Kysely gives back what it got
  const runRaw = async (connection: DatabaseConnection, text: string) => {
    await connection.executeQuery(CompiledQuery.raw(text));
  };
  return {
    init: async () => {},
    acquireConnection: async () => openSession(),
    async beginTransaction(connection) {
      await asSession(connection).takeTurn();
      await runRaw(connection, 'begin immediate');
    },
    commitTransaction: (connection) => runRaw(connection, 'commit'),
    async rollbackTransaction(connection) {
      // After some failures, such as a full disk, SQLite has undone the transaction itself.
      if (writer.inTransaction) await runRaw(connection, 'rollback');
    },
    releaseConnection: async (connection) => asSession(connection).endTurn(),
    async destroy() {
      reader.close();
      writer.close();
    },
  };
}

function run<R>(prepare: Prepare, { sql, parameters }: CompiledQuery): QueryResult<R> {
  const statement = prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) as R[] }; // as above
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] };
}

/** SQLite knows of a prepared statement whether it changes anything; it is asked where the query does not tell. */
function onlyReads(
  prepare: Prepare,
  { query, sql }: CompiledQuery,
  explain: (error: unknown) => unknown,
): boolean {
  if (query.kind === 'SelectQueryNode') return true;
  if (query.kind !== 'RawNode' || !/^\s*(select|with)\b/i.test(sql)) return false;
  try {
    const statement = prepare(sql);
    return statement.readonly && statement.reader;
  } catch (error) {
    if (isBusy(error)) return false; // the writer will wait for it
    throw explain(error);
  }
}

/** One after the other, in the order of asking. */
function createTurns(): { take(): Promise<() => void> } {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = last;
      last = promise;
      await before;
      return resolve;
    },
  };
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}
