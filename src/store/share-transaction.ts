import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type Kysely } from 'kysely';
import type { Atomically } from '../knowledge/atomically.ts';

/** A transaction that everything called within it takes part in. `connection`: null before it begins and once it ended. */
type Shared = {
  state: 'waiting' | 'open' | 'ended';
  connection: DatabaseConnection | null;
  /** Transactions within it that are under way. */
  depth: number;
};

/**
 * Lets functions of the store that know nothing of each other take part in one transaction: what runs within
 * `atomically` finds its connection by itself (AsyncLocalStorage), and a transaction of theirs becomes a savepoint.
 */
export function createSharedTransactions(): {
  share(dialect: Dialect): Dialect;
  atomicallyOn<Schema>(db: Kysely<Schema>): Atomically;
} {
  const current = new AsyncLocalStorage<Shared>();
  return {
    share: (dialect) => ({
      createAdapter: () => dialect.createAdapter(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createDriver: () => shareConnection(dialect.createDriver(), () => current.getStore()),
    }),
    atomicallyOn: (db) => (work) => {
      if (current.getStore()?.state === 'open') return work();
      const shared: Shared = { state: 'waiting', connection: null, depth: 0 };
      return current.run(shared, () => db.transaction().execute(work));
    },
  };
}

function shareConnection(driver: Driver, findCurrent: () => Shared | undefined): Driver {
  const findShared = (connection: DatabaseConnection): Shared | null => {
    const shared = findCurrent();
    return shared?.connection === connection ? shared : null;
  };
  const end = async (connection: DatabaseConnection, how: 'commit' | 'rollback') => {
    const shared = findShared(connection);
    if (shared !== null && shared.depth > 0) {
      const name = `part_${shared.depth}`;
      shared.depth -= 1;
      if (how === 'rollback') await run(connection, `rollback to savepoint ${name}`);
      return run(connection, `release savepoint ${name}`);
    }
    if (shared !== null) Object.assign(shared, { state: 'ended', connection: null });
    return how === 'commit' ? driver.commitTransaction(connection) : driver.rollbackTransaction(connection);
  };
  return {
    init: (options) => driver.init(options),
    acquireConnection: async (options) =>
      findCurrent()?.connection ?? (await driver.acquireConnection(options)),
    async beginTransaction(connection, settings) {
      const shared = findShared(connection);
      if (shared !== null) {
        shared.depth += 1;
        return run(connection, `savepoint part_${shared.depth}`);
      }
      await driver.beginTransaction(connection, settings);
      const waiting = findCurrent();
      if (waiting?.state === 'waiting') Object.assign(waiting, { state: 'open', connection });
    },
    commitTransaction: (connection) => end(connection, 'commit'),
    rollbackTransaction: (connection) => end(connection, 'rollback'),
    async releaseConnection(connection, options) {
      if (findShared(connection) === null) await driver.releaseConnection(connection, options);
    },
    destroy: (options) => driver.destroy(options),
  };
}

async function run(connection: DatabaseConnection, text: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(text));
}
