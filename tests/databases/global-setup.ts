import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server for the tests of this run; each test makes a database of its own in it. Empty: none can be had here. */
    postgresUrl: string;
  }
}

/** Starts one PostgreSQL server for the whole run, from the package that the tests install. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres(['fsync=off', 'max_connections=300']);
  project.provide('postgresUrl', server.url);
  return () => server.remove();
}
