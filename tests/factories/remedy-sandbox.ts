import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type ScriptRun = { readonly exitCode: number | null; readonly out: string };

/**
 * A root folder of its own in which .sh remedies run for real, with a service manager that keeps its states in files.
 * Every command that changes something is counted; the one with the number `failAt` fails, the one with `killAt`
 * takes the script down like a power cut.
 */
export function createRemedySandbox(
  files: Readonly<Record<string, string>>,
  services: Readonly<Record<string, string>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-remedy-'));
  const root = join(folder, 'root');
  const states = join(folder, 'services');
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
    chmodSync(path, mode);
  };
  for (const [path, text] of Object.entries(files)) put(join(root, path), text);
  for (const [name, state] of Object.entries(services)) put(join(states, name), `${state}\n`);
  mkdirSync(states, { recursive: true });
  for (const name of ['mv', 'cp', 'rm', 'mkdir', 'rmdir'])
    put(join(root, 'tools', name), countedCommand(name), 0o755);
  put(join(root, 'tools/systemctl'), serviceManager, 0o755);
  put(join(root, 'tools/sleep'), '#!/bin/sh\n', 0o755);

  return {
    root,
    state: join(folder, 'state'),
    put: (path: string, text: string) => put(join(root, path), text),
    putTool: (name: string, text: string) => put(join(root, 'tools', name), text, 0o755),
    serviceStates: () =>
      Object.fromEntries(
        readdirSync(states).map((name) => [name, readFileSync(join(states, name), 'utf8').trim()]),
      ),
    /** Everything below the root and what services do: two equal ones are byte-identical. */
    snapshot: () => ({ tree: listTree(root), services: listTree(states) }),
    listState: () => listTree(join(folder, 'state')),
    run(
      script: string,
      options: readonly string[] = [],
      faults: { failAt?: number; killAt?: number } = {},
    ): ScriptRun & { changes: number } {
      const file = join(folder, 'remedy.sh');
      const counter = join(folder, 'changes');
      writeFileSync(file, script);
      writeFileSync(counter, '');
      const { status, stdout, stderr } = spawnSync('/bin/sh', [file, ...options], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: '/usr/bin:/bin',
          KBALERTZ_ROOT: root,
          KBALERTZ_STATE: join(folder, 'state'),
          SANDBOX_COUNTER: counter,
          SANDBOX_SERVICES: states,
          SANDBOX_FAIL_AT: String(faults.failAt ?? 0),
          SANDBOX_KILL_AT: String(faults.killAt ?? 0),
        },
      });
      return { exitCode: status, out: stdout + stderr, changes: readFileSync(counter, 'utf8').length };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const count = `printf x >>"$SANDBOX_COUNTER"
number=$(/usr/bin/wc -c <"$SANDBOX_COUNTER")
[ "$number" -ne "$SANDBOX_FAIL_AT" ] || exit 1
[ "$number" -ne "$SANDBOX_KILL_AT" ] || { kill -KILL "$PPID"; exit 1; }`;

function countedCommand(name: string): string {
  return `#!/bin/sh\n${count}\nexec /usr/bin/env PATH=/usr/bin:/bin ${name} "$@"\n`;
}

const serviceManager = `#!/bin/sh
for last; do :; done
file=$SANDBOX_SERVICES/$last
case $1 in
  is-active) [ "$(cat "$file" 2>/dev/null)" = running ] || exit 3 ;;
  show)
    case $* in
      *LoadState*) if [ -e "$file" ]; then echo loaded; else echo not-found; fi ;;
      *) cat "$SANDBOX_SERVICES/.needs-$last" 2>/dev/null ;;
    esac ;;
  stop)
    ${count}
    echo stopped >"$file"
    for needs in $(cat "$SANDBOX_SERVICES/.needs-$last" 2>/dev/null); do echo stopped >"$SANDBOX_SERVICES/$needs"; done ;;
  start)
    ${count}
    echo running >"$file" ;;
esac
exit 0
`;

function listTree(folder: string, prefix = ''): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    const shown = `${prefix}/${name}`;
    const facts = lstatSync(path);
    const mode = (facts.mode & 0o7777).toString(8);
    if (facts.isSymbolicLink()) return [`${shown} -> ${readlinkSync(path)}`];
    if (facts.isDirectory()) return [`${shown}/ ${mode}`, ...listTree(path, shown)];
    return [`${shown} ${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`];
  });
}
