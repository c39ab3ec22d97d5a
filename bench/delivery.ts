/**
 * Sends written digests, in digests a second, beside Postfix's own smtp-source with messages of the same size and as
 * many connections: once into smtp-sink, which only takes them, and once into the queue of a real Postfix. Every attempt
 * is on disk before it begins, and every outcome is kept.
 *
 *     node bench/delivery.ts [--digests N] [--rounds N] [--postgres]
 *
 * Rounds alternate, and medians count. Exit status 1 when a goal is missed: 0.35 of smtp-source into smtp-sink, 0.6 into
 * Postfix. Needs Postfix, and root to start it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planDigests } from '../src/alerts/plan-digests.ts';
import { createDigestLibrary } from '../src/delivery/digests/digest-library.ts';
import { createDigestWriter } from '../src/delivery/digests/digest-writer.ts';
import { createMessageLinks } from '../src/delivery/messages/message-settings.ts';
import { createReturnAddresses } from '../src/delivery/returns/envelope-sender.ts';
import { createDeliveryWorker } from '../src/delivery/sending/delivery-worker.ts';
import { createDomainGate } from '../src/delivery/sending/domain-gate.ts';
import { createSmtpTransport } from '../src/delivery/sending/smtp-transport.ts';
import { loadDkimKeys, makeDkimKeys } from '../src/delivery/signing/key-folder.ts';
import { asId, type Instant } from '../src/knowledge/ids.ts';
import { createArchive } from '../src/store/archive.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../src/store/database.ts';
import { createDeliveryQueue } from '../src/store/deliveries.ts';
import { unpackMessage } from '../src/store/deliveries-message.ts';
import { createDigestLedger } from '../src/store/digests.ts';
import { createDigestDesk } from '../src/store/digests-desk.ts';
import { migrate } from '../src/store/migrate.ts';
import { createNoticeStore } from '../src/store/notices.ts';
import { createSubscriptionStore } from '../src/store/subscriptions.ts';
import { startPostgres } from '../tests/databases/postgres-server.ts';
import { createLedgerWorld } from '../tests/factories/ledger-world.ts';
import { findFreePort, makeLabFolder, startPostfix, waitForPort } from '../tests/mail-lab/mail-programs.ts';

const { values: options } = parseArgs({
  options: {
    digests: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    postgres: { type: 'boolean', default: false },
  },
});
const digestCount = Number(options.digests);
const rounds = Number(options.rounds);
const connections = 20;
const domains = 500;
const clock = { now: () => asId<Instant>(Date.now()) };

const lab = makeLabFolder();
const stops: (() => Promise<unknown> | unknown)[] = [lab.remove];
try {
  const sinkPort = await findFreePort();
  const sink = spawn('/usr/sbin/smtp-sink', ['-u', 'postfix', `127.0.0.1:${sinkPort}`, '1000'], {
    stdio: 'ignore',
  });
  stops.push(() => endProcess(sink));
  await waitForPort(sinkPort);
  const postfixPort = await findFreePort();
  const settings = [
    'default_transport = discard',
    'relay_transport = discard',
    'default_process_limit = 100',
  ];
  const postfix = await startPostfix({ folder: lab.folder, port: postfixPort, settings });
  stops.push(postfix.stop);

  const location = await locate();
  const isGood = [
    await compare('smtp-sink', { port: sinkPort, goal: 0.35, location }),
    await compare('Postfix', { port: postfixPort, goal: 0.6, location }),
  ];
  process.exitCode = isGood.every(Boolean) ? 0 : 1;
} finally {
  for (const stop of stops.reverse()) await stop();
}
// At once: the package of PostgreSQL ends a process that has nothing left to do with 0, whatever status was set.
process.exit();

async function compare(
  name: string,
  { port, goal, location }: { port: number; goal: number; location: () => Promise<DatabaseLocation> },
): Promise<boolean> {
  const own: number[] = [];
  const source: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { rate, bytes } = await sendDigests(port, await location());
    own.push(rate);
    source.push(runSmtpSource(port, bytes));
  }
  const ratio = median(own) / median(source);
  const verdict = ratio >= goal ? 'reached' : 'MISSED';
  console.log(
    `into ${name}: ${format(median(own))} digests/s, smtp-source ${format(median(source))} mails/s; ratio ${ratio.toFixed(2)} (goal ${goal}, ${verdict})`,
  );
  return ratio >= goal;
}

/** Plans and writes digests in a new database, then measures sending alone. */
async function sendDigests(port: number, location: DatabaseLocation) {
  const database = openDatabase(location);
  await migrate(database);
  await fill(database);
  const dataFolder = join(lab.folder, 'data');
  await makeDkimKeys({ dataFolder, domain: 'kb.example', selector: 'kbalertz' });
  const settings = {
    from: { name: 'kbalertz', address: 'alerts@kb.example' },
    unsubscribeAddress: 'unsubscribe@kb.example',
    links: createMessageLinks('https://kb.example'),
    dkimKeys: await loadDkimKeys(dataFolder, 'kb.example'),
  };
  const addresses = createReturnAddresses({ domain: 'bounces.kb.example', key: 'bench' });
  const library = createDigestLibrary(createArchive(database));
  const writer = createDigestWriter({ desk: createDigestDesk(database), library, settings, clock });
  await planDigests({ ledger: createDigestLedger(database), clock });
  while ((await writer.writeSome()) > 0);
  const { content } = await database.db
    .selectFrom('delivery_messages')
    .select('content')
    .limit(1)
    .executeTakeFirstOrThrow();

  const transport = createSmtpTransport({
    url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    maxConnections: connections,
  });
  const worker = createDeliveryWorker({
    notices: createNoticeStore(database),
    deliveries: createDeliveryQueue(database),
    writer: { writeSome: async () => 0 },
    transport,
    clock,
    concurrency: connections,
    senderOf: addresses.senderOf,
    gate: createDomainGate({ clock, limits: { concurrency: 10, perMinute: 3000 }, sleep: async () => {} }),
  });
  const startedAt = performance.now();
  const tally = await worker.attemptDueDeliveries();
  const seconds = (performance.now() - startedAt) / 1000;
  await transport.close();
  await database.close();
  if (tally.accepted !== digestCount) throw new Error(`only ${JSON.stringify(tally)} of ${digestCount}`);
  return { rate: digestCount / seconds, bytes: unpackMessage(content).length };
}

/** As many messages of that size, over connections that stay open, as ours do. */
function runSmtpSource(port: number, bytes: number): number {
  const startedAt = performance.now();
  const sender = ['-f', 'alerts@kb.example', '-t', 'reader@example.org', '-M', 'bench.example'];
  const amount = ['-d', '-s', String(connections), '-m', String(digestCount), '-l', String(bytes)];
  execFileSync('/usr/sbin/smtp-source', [...amount, ...sender, `127.0.0.1:${port}`]);
  return digestCount / ((performance.now() - startedAt) / 1000);
}

async function fill(database: Database): Promise<void> {
  const world = await createLedgerWorld(database);
  const technologyId = await world.addTechnology('Exchange Online');
  const subscriptions = createSubscriptionStore(database);
  for (let n = 0; n < digestCount; n++) {
    const accountId = await world.addAccount({ address: `reader${n}@domain${n % domains}.example` });
    const followed = { kind: 'technology', technologyId } as const;
    await subscriptions.follow({ accountId, followed, threshold: 'material', now: asId(0) });
  }
  for (let n = 0; n < 5; n++) {
    const articleId = await world.addArticle(`Mail flow stops with error 4.4.${n}`);
    await world.recordChange({ articleId, technologies: [technologyId], kind: 'created' });
  }
}

async function locate(): Promise<() => Promise<DatabaseLocation>> {
  if (options.postgres) {
    const server = await startPostgres([]);
    stops.push(server.remove);
    let count = 0;
    return async () => {
      const url = new URL(server.url);
      url.pathname = `/bench_${++count}`;
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query(`create database bench_${count}`);
      await client.end();
      return { url: url.href };
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  return async () => ({ file: join(folder, `${++count}.sqlite`) });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function format(value: number): string {
  return Math.round(value).toLocaleString('en');
}
