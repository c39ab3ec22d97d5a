import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../store/database.ts';
import type { IndexState } from './build-index-state.ts';
import { composeSearch } from './compose-search.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { repeat } from './repeat.ts';
import { createIndexKeeper, type SharedIndex } from './search-index-keeper.ts';
import { readSearchSnapshot, writeSearchSnapshot } from './search-snapshot.ts';

// The body of the thread that keeps the search index: it reads and builds, the thread that serves opens what it hands over.
const config = readConfig(process.env, workerData);
const log = createLog(config.logLevel);
const database = openDatabase(config.database);
const search = composeSearch(database);
const keeper = createIndexKeeper(search, buildApart);
const file = join(config.dataFolder, 'search.snapshot');
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());

const handOver = (index: SharedIndex) => parentPort?.postMessage(index);

const kept = await readSearchSnapshot(file);
const resumed = kept && (await keeper.resume(kept));
if (resumed) handOver(resumed);
let hasIndex = resumed !== null;
let writtenAtMs = performance.now();
let isWritten = true;
await repeat({
  name: 'follow the change log for the search',
  pauseMs: 200,
  signal: stop.signal,
  log,
  async step() {
    const followed = await (hasIndex ? goOn() : keeper.build());
    hasIndex = true;
    if (followed) {
      handOver(followed);
      isWritten = false;
    }
    // A file that is a little behind costs the next start a moment; writing it at each change would cost every scan.
    if (!isWritten && performance.now() - writtenAtMs > 60_000) {
      await writeSearchSnapshot(file, keeper.readState());
      writtenAtMs = performance.now();
      isWritten = true;
    }
  },
});
if (!isWritten) await writeSearchSnapshot(file, keeper.readState());
await database.close();
parentPort?.close();

async function goOn(): Promise<SharedIndex | null> {
  return (await keeper.follow()) ?? (await keeper.tidy());
}

/** Reading an archive leaves a large heap behind, which a thread would keep as long as the process lives. */
async function buildApart(): Promise<IndexState> {
  const program = new URL('./build-index-apart.ts', import.meta.url);
  const child = fork(program, [JSON.stringify(workerData), file], { signal: stop.signal });
  const [code] = await once(child, 'exit');
  const state = code === 0 ? await readSearchSnapshot(file) : null;
  if (!state) throw new Error(`The search index was not built: the program for it ended with ${code}.`);
  return state;
}
