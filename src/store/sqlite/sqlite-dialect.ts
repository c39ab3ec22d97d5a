import { SqliteAdapter, SqliteDialect } from 'kysely';
import { createSqliteDriver, type SqliteFile } from './sqlite-driver.ts';

/** SQLite in WAL mode through two connections, one that writes and one that reads: see createSqliteDriver. */
export class TwoWaySqliteDialect extends SqliteDialect {
  readonly #file: SqliteFile;
  constructor(file: SqliteFile) {
    super({ database: file.writer });
    this.#file = file;
  }
  override createDriver(): ReturnType<typeof createSqliteDriver> {
    return createSqliteDriver(this.#file);
  }
  override createAdapter(): SqliteAdapter {
    return new TwoWaySqliteAdapter();
  }
}

class TwoWaySqliteAdapter extends SqliteAdapter {
  /** The driver itself lets one at a time write; readers need not wait for that. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
