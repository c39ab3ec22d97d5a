import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runOnServer } from './template-database.ts';

const runFile = promisify(execFile);
const packages = '/usr/lib/postgresql';

/** Where the system's own PostgreSQL is, with its tools: pg_dump refuses servers that are newer than itself. */
export function findDebianPostgres(): string | null {
  const versions = existsSync(packages) ? readdirSync(packages).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(packages, version, 'bin'));
  return (
    folders.find((bin) =>
      ['postgres', 'initdb', 'pg_dump', 'pg_restore'].every((tool) => existsSync(join(bin, tool))),
    ) ?? null
  );
}

/** Starts a server of those programs, empty, with an address of its own; `run` calls one of its tools. */
export async function startDebianPostgres(bin: string) {
  // Not below the home folder, and not as root: the server refuses it.
  const folder = mkdtempSync('/tmp/kbalertz-debian-postgres-');
  const owner = process.getuid?.() === 0 ? ownerOf('postgres') : null;
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    stdio: 'ignore',
    ...owner,
  });
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'],
    { stdio: 'ignore', ...owner },
  );
  const urlOf = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`;
  await untilReady(urlOf('postgres'), server);
  return {
    urlOf,
    /** Meanwhile this process goes on. Throws with what the tool said when it fails. */
    run: async (tool: 'pg_dump' | 'pg_restore', args: readonly string[]) => {
      await runFile(join(bin, tool), [...args]);
    },
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ownerOf(user: string): { uid: number; gid: number } {
  const ask = (what: '-u' | '-g') => Number(execFileSync('id', [what, user], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}.`);
    const isReady = await runOnServer(url, 'select 1').then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
