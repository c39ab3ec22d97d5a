import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startPostgres } from './postgres-server.ts';
import { runOnServer, templateDatabase } from './template-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server for the tests of this run; each test makes a database of its own in it. Empty: none can be had here. */
    postgresUrl: string;
    /** An empty, migrated SQLite database, which tests copy. */
    sqliteTemplate: string;
  }
}

/**
 * Starts one PostgreSQL server for the whole run, from the package that the tests install, and migrates one database of
 * each kind, which tests copy: that takes a fifth of the time of migrating their own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres(['fsync=off', 'max_connections=300']);
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-template-'));
  const file = join(folder, 'template.sqlite');
  await runOnServer(server.url, `create database ${templateDatabase}`);
  const url = new URL(server.url);
  url.pathname = `/${templateDatabase}`;
  for (const location of [{ file }, { url: url.href }]) await prepare(location);
  project.provide('postgresUrl', server.url);
  project.provide('sqliteTemplate', file);
  return async () => {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function prepare(location: DatabaseLocation): Promise<void> {
  const database = openDatabase(location);
  await migrate(database);
  await database.close();
}
