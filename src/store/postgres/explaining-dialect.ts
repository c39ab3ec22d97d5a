import { type DatabaseConnection, PostgresDialect, type PostgresDialectConfig, PostgresDriver } from 'kysely';

/** PostgreSQL whose failures are told as `explain` has it. */
export class ExplainingPostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #explain: (error: unknown) => unknown;
  constructor(config: PostgresDialectConfig, explain: (error: unknown) => unknown) {
    super(config);
    this.#config = config;
    this.#explain = explain;
  }
  override createDriver(): PostgresDriver {
    return new ExplainingPostgresDriver(this.#config, this.#explain);
  }
}

class ExplainingPostgresDriver extends PostgresDriver {
  readonly #explain: (error: unknown) => unknown;
  readonly #explained = new WeakSet<DatabaseConnection>();
  constructor(config: PostgresDialectConfig, explain: (error: unknown) => unknown) {
    super(config);
    this.#explain = explain;
  }

  override async acquireConnection(
    ...args: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    try {
      const connection = await super.acquireConnection(...args);
      this.#explainFailuresOf(connection);
      return connection;
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #explainFailuresOf(connection: DatabaseConnection): void {
    if (this.#explained.has(connection)) return;
    this.#explained.add(connection);
    const execute = connection.executeQuery.bind(connection);
    // The driver hands the same object back to release it: it is told apart by what it is, so it can't be wrapped.
    connection.executeQuery = async (...args) => {
      try {
        return await execute(...args);
      } catch (error) {
        throw this.#explain(error);
      }
    };
  }
}
