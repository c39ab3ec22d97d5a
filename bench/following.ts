/**
 * How long after a scan's commit a running server finds what it brought, beside the time that one search takes.
 *
 *     node bench/following.ts --data DIR [--rounds N]
 *
 * `--data` is a data directory with articles; a copy of it is used. Another process commits a new article, a changed one
 * and a night of 200, in turn. Exit status 1 when the slowest takes more than a second.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/store/database.ts';
import { watchWrittenSource, writeSource } from '../src/store/scanning.fixture.ts';
import { findFreePort } from '../tests/mail-lab/mail-programs.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});
if (options.data === undefined) throw new Error('Name a data directory with articles: --data DIR');
const goalMs = 1000;
const print = (line: string) => process.stdout.write(`${line}\n`);
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-following-'));
const data = join(folder, 'data');
cpSync(options.data, data, { recursive: true });
const port = await findFreePort();
const url = `http://127.0.0.1:${port}`;
let server: ChildProcess | undefined;
try {
  const where = ['--data', data, '--port', String(port)];
  server = spawn(join(import.meta.dirname, '../bin/kbalertz'), ['serve', '--no-worker', ...where]);
  await waitUntil(async () => (await ask('/search?q=outlook')).includes('<mark>'), 120_000);
  const searchMs: number[] = [];
  for (let n = 0; n < 50; n += 1) {
    const startMs = performance.now();
    await ask(`/search?q=outlook+profile+${n}`);
    searchMs.push(performance.now() - startMs);
  }

  const database = openDatabase({ file: join(data, 'kbalertz.sqlite') });
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written);
  const articles: Record<string, string> = {};
  /** Commits what was written, and waits until the server finds the word in the title. */
  const follow = async (word: string) => {
    written.show(articles);
    const outcome = await scanner.scan(source);
    if (outcome.kind !== 'done') throw new Error(`The scan ended as ${outcome.kind}.`);
    const committedMs = performance.now();
    await waitUntil(
      async () => (await ask(`/search?q=${word}`)).includes(`<mark>${word}</mark> stands`),
      60_000,
    );
    return performance.now() - committedMs;
  };
  const times: number[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    articles[`single-${round}`] = `# The quokka${round} stands here`;
    const created = await follow(`quokka${round}`);
    articles[`single-${round}`] = `# The wombat${round} stands here`;
    const changed = await follow(`wombat${round}`);
    for (let n = 0; n < 200; n += 1) {
      articles[`night-${round}-${n}`] =
        `# The bandicoot${round}x${n} stands here\n\nError 0x8007064${n % 10}.`;
    }
    const night = await follow(`bandicoot${round}x199`);
    print(
      `round ${round + 1}: a new article ${created.toFixed(0)} ms, a changed one ${changed.toFixed(0)} ms, 200 new ones ${night.toFixed(0)} ms`,
    );
    times.push(created, changed, night);
  }
  await database.close();
  const slowest = Math.max(...times);
  print(
    `found after the commit: median ${median(times).toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms (at most ${goalMs}); one search ${median(searchMs).toFixed(1)} ms`,
  );
  print(slowest <= goalMs ? 'met' : 'MISSED');
  if (slowest > goalMs) process.exitCode = 1;
} finally {
  if (server?.kill()) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

async function ask(path: string): Promise<string> {
  const answer = await fetch(url + path).catch(() => null);
  return answer === null ? '' : answer.text();
}

async function waitUntil(isSo: () => Promise<boolean>, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It was not found in time.');
    await sleep(10);
  }
}
