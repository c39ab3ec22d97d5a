/**
 * Pages under load beside a bare node:http server that sends the same bytes, in one run; the time to the first byte
 * of articles that nobody asked for before, once with and once without their readings kept, each time by a server that
 * was started for it; and the memory of the server with the whole corpus.
 *
 *     node bench/http.ts [--data DIR] [--bundle FILE] [--seconds N] [--rounds N]
 *
 * `--data` takes a data directory that has articles already (the readings kept in it are made anew); otherwise the history of the bundle
 * (default: office-kb.bundle in KBALERTZ_DATA or ../shared/data) is imported into a new one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { compose } from '../src/entry/compose.ts';
import { readConfig } from '../src/entry/config.ts';
import { createReadingsJob } from '../src/entry/create-readings-job.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    bundle: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
  },
});
const root = join(import.meta.dirname, '..');
const launcher = join(root, 'bin/kbalertz');
const shared = process.env.KBALERTZ_DATA ?? join(root, '../shared/data');
const bundle = resolve(options.bundle ?? join(shared, 'office-kb.bundle'));
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-http-'));
const data = options.data ?? join(folder, 'data');
const print = (line: string) => process.stdout.write(`${line}\n`);
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

let site: ChildProcess | undefined;
let bare: ChildProcess | undefined;
try {
  if (options.data === undefined) await importBundle();
  const [sitePort, barePort] = [await findFreePort(), await findFreePort()];
  const siteUrl = `http://127.0.0.1:${sitePort}`;
  const startSite = async () => {
    const server = start(launcher, ['serve', '--no-worker', '--data', data, '--port', String(sitePort)]);
    await waitFor(`${siteUrl}/healthz`);
    await waitFor(`${siteUrl}/search?q=outlook`, 60_000);
    return server;
  };

  await forgetReadings();
  site = await startSite();
  const { articles, others } = await findArticles(siteUrl);
  const without = await measureFirstBytes(siteUrl, articles, others, site);
  await end(site);
  const made = await makeReadings();
  site = await startSite();
  const kept = await measureFirstBytes(siteUrl, articles, others, site);
  print(
    `first byte, ${articles.length} articles that this server was never asked for, after ${others.length} others: ` +
      `median ${kept.medianMs.toFixed(1)} ms, wanted below 5, processor time ${kept.workMs.toFixed(1)} ms each; ` +
      `without readings made ahead by the worker's job: ${without.medianMs.toFixed(1)} ms, ${without.workMs.toFixed(1)} ms`,
  );
  print(`readings made ahead: ${made.articles} in ${made.seconds.toFixed(0)} s`);

  const pages = [
    { name: 'article', path: articles[0] ?? '/', least: 0.5 },
    { name: 'home', path: '/', least: null },
    { name: 'search', path: '/search?q=outlook+profile', least: 0.25 },
  ];
  for (const page of pages) {
    const answer = await fetch(siteUrl + page.path, { headers: { 'accept-encoding': 'identity' } });
    if (answer.status !== 200) {
      print(`${page.name}: not measured, it answers ${answer.status}`);
      continue;
    }
    bare = await startBare(barePort, answer);
    const ratios: number[] = [];
    const rates: number[] = [];
    const workRatios: number[] = [];
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const own = await measure(siteUrl + page.path, site);
      const least = await measure(`http://127.0.0.1:${barePort}/`, bare);
      rates.push(own.rate);
      ratios.push(own.rate / least.rate);
      workRatios.push(least.workMs / own.workMs);
    }
    bare.kill();
    const wanted = page.least === null ? '' : `, wanted at least ${page.least}`;
    print(
      `${page.name}: ${Math.round(median(rates))} requests/s, ratio ${median(ratios).toFixed(2)} of bare node:http` +
        `${wanted}; by processor time a request, which a busy machine leaves alone: ${median(workRatios).toFixed(2)}`,
    );
  }
  print(`memory of the server: ${Math.round(readResidentBytes(site) / 1e6)} MB`);
} finally {
  site?.kill();
  bare?.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function importBundle(): Promise<void> {
  const env = { ...process.env, KBALERTZ_LOCAL_SOURCES: dirname(bundle) };
  for (const args of [
    ['source', 'add', 'office', '--kind', 'git', '--url', bundle],
    ['source', 'import-history', 'office'],
  ]) {
    const child = spawn(launcher, [...args, '--data', data], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise((ended) => child.on('close', ended));
    if (code !== 0) throw new Error(`kbalertz ${args.join(' ')} ended with ${code}.`);
  }
}

function start(command: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, KBALERTZ_LOG: 'error' };
  return spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The least that can answer: the same bytes, headers and body. */
async function startBare(port: number, answer: Response): Promise<ChildProcess> {
  const ownHeaders = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);
  const headers = [...answer.headers].filter(([name]) => !ownHeaders.has(name));
  const program = `
    const body = Buffer.from(process.env.BODY, 'base64');
    const headers = { ...JSON.parse(process.env.HEADERS), 'content-length': String(body.length) };
    require('node:http').createServer((_, answer) => {
      answer.writeHead(200, headers);
      answer.end(body);
    }).listen(${port}, '127.0.0.1');`;
  const env = {
    ...process.env,
    BODY: Buffer.from(await answer.arrayBuffer()).toString('base64'),
    HEADERS: JSON.stringify(Object.fromEntries(headers)),
  };
  const child = spawn(process.execPath, ['-e', program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await waitFor(`http://127.0.0.1:${port}/`);
  return child;
}

async function measure(url: string, server: ChildProcess): Promise<{ rate: number; workMs: number }> {
  await autocannon({ url, connections: 20, duration: 1 });
  const beforeMs = readWorkMs(server);
  const result = await autocannon({ url, connections: 20, duration: Number(options.seconds) });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url} failed ${result.non2xx + result.errors} times.`);
  const workMs = (readWorkMs(server) - beforeMs) / result.requests.total;
  return { rate: result.requests.average, workMs };
}

/** Linux: processor time of all threads so far; the clock of `/proc` ticks 100 times a second. */
function readWorkMs(child: ChildProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Pages that nobody asked the server for; before them others, so that its code is compiled as it is after a while. */
async function measureFirstBytes(
  siteUrl: string,
  articles: readonly string[],
  others: readonly string[],
  server: ChildProcess,
): Promise<{ medianMs: number; workMs: number }> {
  for (const path of others) await timeToFirstByte(siteUrl + path);
  const beforeMs = readWorkMs(server);
  const firstBytesMs: number[] = [];
  for (const path of articles) firstBytesMs.push(await timeToFirstByte(siteUrl + path));
  return { medianMs: median(firstBytesMs), workMs: (readWorkMs(server) - beforeMs) / articles.length };
}

/** Readings are derived: they may go at any time. */
async function forgetReadings(): Promise<void> {
  const parts = await compose(readConfig({}, { data }));
  await parts.database.db.deleteFrom('page_readings').execute();
  await parts.close();
}

/** The one job of the worker that makes them, and no other: it must not scan or send for a benchmark. */
async function makeReadings(): Promise<{ articles: number; seconds: number }> {
  const parts = await compose(readConfig({}, { data }));
  const startedMs = performance.now();
  const { made } = await createReadingsJob(parts)(AbortSignal.timeout(1_800_000));
  await parts.close();
  return { articles: made, seconds: (performance.now() - startedMs) / 1000 };
}

/**
 * Two lists of some two hundred from all over the archive, found without looking at any; not those that the server asks
 * for first.
 */
async function findArticles(siteUrl: string): Promise<{ articles: string[]; others: string[] }> {
  const list = await fetch(`${siteUrl}/api/v1/articles?state=active`, {
    headers: { accept: 'application/x-ndjson' },
  });
  const all = (await list.text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line): number => JSON.parse(line).id);
  const page = await (await fetch(`${siteUrl}/changes`)).text();
  const newest = new Set([...page.matchAll(/href="\/a\/(\d+)"/g)].map(([, id]) => Number(id)));
  const older = all.filter((id) => !newest.has(id));
  if (older.length < 2) throw new Error('The data directory has no articles.');
  const step = Math.max(2, Math.floor(older.length / 200));
  const every = (at: number) => older.filter((_, n) => n % step === at).map((id) => `/a/${id}`);
  return { articles: every(0), others: every(Math.floor(step / 2)) };
}

async function end(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.kill();
  await ended;
}

function timeToFirstByte(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    get(url, (answer) => {
      answer.once('readable', () => {
        const tookMs = performance.now() - startedMs;
        answer.resume().on('end', () => resolve(tookMs));
      });
    }).on('error', reject);
  });
}

async function waitFor(url: string, timeoutMs = 20_000): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (performance.now() < deadlineMs) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // it listens on a port, not on a pipe
      probe.close(() => resolve(port));
    });
  });
}

/** Linux: VmRSS, in kB. */
function readResidentBytes(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}
