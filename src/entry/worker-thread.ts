import { parentPort, workerData } from 'node:worker_threads';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { work } from './work.ts';

// The body of the thread that scans, plans and sends beside a server. It has a database connection of its own,
// so that nothing it does holds up a page.
const config = readConfig(process.env, workerData);
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());
const parts = await compose(config);
await work(parts, {
  log: createLog(config.logLevel),
  signal: stop.signal,
  report: (measurement) => parentPort?.postMessage(measurement),
});
await parts.close();
parentPort?.close();
