import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

export type TestDatabases = {
  /** A new, empty, migrated database; closed and removed after the suite. */
  open(): Promise<Database>;
  /** The same, for programs that open it themselves. */
  locate(): Promise<DatabaseLocation>;
};

/** Runs the same suite on SQLite (a file, as in production) and on PostgreSQL. */
export function describeOnBothDatabases(name: string, suite: (databases: TestDatabases) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const) describeOn(kind, name, suite);
}

/** For what only one of them can get into. */
export function describeOn(
  kind: 'sqlite' | 'postgres',
  name: string,
  suite: (databases: TestDatabases) => void,
): void {
  describe(`${name} (${kind})`, () => {
    const cleanups: (() => Promise<void> | void)[] = [];
    afterAll(async () => {
      for (const cleanup of cleanups.reverse()) await cleanup();
    });
    const locate = async () => {
      const { location, remove } = kind === 'sqlite' ? newSqliteFile() : await newPostgresDatabase();
      cleanups.push(remove);
      return location;
    };
    suite({
      locate,
      async open() {
        const database = openDatabase(await locate());
        cleanups.push(() => database.close());
        await migrate(database);
        return database;
      },
    });
  });
}

type Place = { location: DatabaseLocation; remove: () => Promise<void> | void };

function newSqliteFile(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-'));
  return {
    location: { file: join(folder, 'kbalertz.sqlite') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function newPostgresDatabase(): Promise<Place> {
  const url = new URL(inject('postgresUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(url.href, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    location: { url: own.href, maxConnections: 4 },
    remove: () => runOnServer(url.href, `drop database ${name} with (force)`),
  };
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
