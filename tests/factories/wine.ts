import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's wine package without its 32-bit half. */
export const isWineThere = existsSync('/usr/bin/wine') || existsSync('/usr/lib/wine/wine64');

/** A Windows of the test's own: its services, registry and drive C are made anew, and gone afterwards. */
export function createWine() {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-wine-'));
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: folder,
    WINEPREFIX: join(folder, 'prefix'),
    WINEDEBUG: '-all',
    // Neither the .NET nor the browser part, which would ask to be downloaded.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  };
  mkdirSync(join(folder, 'work'));
  const start = (program: string, args: readonly string[], more: Record<string, string> = {}) => {
    // Through a pipe: with a file as their output, programs under Wine write over each other.
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: join(folder, 'work'),
      env: { ...env, ...more },
      encoding: 'latin1',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 150_000,
    });
    return { exitCode: status, out: (stdout + stderr).replaceAll('\r', '') };
  };
  start('wine', ['wineboot', '-i']);
  // Without a program that stays, this Windows would shut down, and its services stop, after each command.
  const stays = spawn('wine', ['cmd', '/d', '/c', 'ping -n 3600 127.0.0.1'], {
    env,
    cwd: folder,
    stdio: 'ignore',
  });
  // What comes first starts the service manager, which inherits its output and would hold a pipe open for ever.
  spawnSync('wine', ['sc', 'query', 'Spooler'], { env, cwd: folder, stdio: 'ignore', timeout: 100_000 });
  return {
    folder,
    /** The path as programs in this Windows see it. */
    seenAs: (path: string) => `Z:${path.replaceAll('/', '\\')}`,
    run: (program: string, ...args: readonly string[]) => start('wine', [program, ...args]),
    runCmd(script: string, args: readonly string[] = [], more: Record<string, string> = {}) {
      writeFileSync(join(folder, 'work', 'script.cmd'), script);
      return start('wine', ['cmd', '/d', '/c', 'script.cmd', ...args], more);
    },
    remove() {
      start('/usr/lib/wine/wineserver64', ['-k']);
      stays.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
