import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject } from 'vitest';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { runOnServer, templateDatabase } from './template-database.ts';

export type TestDatabases = {
  /** A new, empty, migrated database; closed and removed after the suite. */
  open(): Promise<Database>;
  /** The same, for programs that open it themselves. */
  locate(): Promise<DatabaseLocation>;
  /** One that was never migrated. */
  locateNew(): Promise<DatabaseLocation>;
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
    const makePlace = kind === 'sqlite' ? newSqliteFile : newPostgresDatabase;
    const makeDatabase = async (isMigrated: boolean) => {
      const { location, remove } = await makePlace(isMigrated);
      cleanups.push(remove);
      return location;
    };
    suite({
      locate: () => makeDatabase(true),
      locateNew: () => makeDatabase(false),
      async open() {
        const database = openDatabase(await makeDatabase(true));
        cleanups.push(() => database.close());
        return database;
      },
    });
  });
}

type Place = { location: DatabaseLocation; remove: () => Promise<void> | void };

function newSqliteFile(isMigrated: boolean): Place {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-'));
  const file = join(folder, 'kbalertz.sqlite');
  if (isMigrated) copyFileSync(inject('sqliteTemplate'), file);
  return {
    location: { file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function newPostgresDatabase(isMigrated: boolean): Promise<Place> {
  const url = new URL(inject('postgresUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = isMigrated ? ` template ${templateDatabase} strategy file_copy` : '';
  await runOnServer(url.href, `create database ${name}${template}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    location: { url: own.href, maxConnections: 4 },
    remove: () => runOnServer(url.href, `drop database ${name} with (force)`),
  };
}
