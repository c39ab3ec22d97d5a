/** One of the campaign's workers: plans and delivers until it is killed. Not for use by hand; see ledger-campaign.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DigestDesk } from '../../src/alerts/digest-desk.ts';
import type { DigestLedger } from '../../src/alerts/digest-ledger.ts';
import type { LetterQueue } from '../../src/alerts/letter-queue.ts';
import { planDigests } from '../../src/alerts/plan-digests.ts';
import { createChannelWorker } from '../../src/delivery/channels/channel-worker.ts';
import { createChannelSender } from '../../src/delivery/channels/create-channel-sender.ts';
import { createDigestLibrary } from '../../src/delivery/digests/digest-library.ts';
import { createDigestWriter } from '../../src/delivery/digests/digest-writer.ts';
import { createMessageLinks } from '../../src/delivery/messages/message-settings.ts';
import { createDeliveryWorker } from '../../src/delivery/sending/delivery-worker.ts';
import { createSmtpTransport } from '../../src/delivery/sending/smtp-transport.ts';
import type { Transport } from '../../src/delivery/sending/transport.ts';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { resolveBySystem } from '../../src/sources/http/guarded-connector.ts';
import { createGuardedPoster } from '../../src/sources/http/guarded-post.ts';
import { createArchive } from '../../src/store/archive.ts';
import { createChannelQueue } from '../../src/store/channels-queue.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createDeliveryQueue } from '../../src/store/deliveries.ts';
import { createDigestLedger } from '../../src/store/digests.ts';
import { createDigestDesk } from '../../src/store/digests-desk.ts';
import { createNoticeStore } from '../../src/store/notices.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { openSealer } from '../factories/open-sealer.ts';
import { leaseRealMs, simulatedNow, type WorkerSettings } from './campaign-settings.ts';
import { misdeliver, misplan } from './wrong-policies.ts';

/** The database does not answer, which it may in a campaign that restarts it. */
function isAway(error: unknown): boolean {
  return error instanceof AggregateError
    ? error.errors.every(isAway)
    : error instanceof StoreError && error.code === 'UNREACHABLE';
}

const settings: WorkerSettings = JSON.parse(process.argv[2] ?? '{}');
const database = openDatabase(settings.location);
const clock = { now: () => asId<Instant>(simulatedNow(settings.clock)) };

/** The process ends here as if the power were cut, before or after the call that it wraps. */
function mayDie(): void {
  if (Math.random() < settings.deathChance) process.kill(process.pid, 'SIGKILL');
}
async function around<T>(call: () => Promise<T>): Promise<T> {
  mayDie();
  const result = await call();
  mayDie();
  return result;
}

const rightLedger = createDigestLedger(database);
const ledger: DigestLedger = {
  ...rightLedger,
  claimDigests: (request) =>
    settings.policy === 'cursor-on-read'
      ? misplan(database, request, mayDie)
      : around(() => rightLedger.claimDigests(request)),
};
/** The same desk, with a kill point before and after each step. */
function diesAround<C>(
  desk: Pick<DigestDesk, 'keepMessage' | 'voidDelivery'> & {
    claimUnwritten(request: Parameters<DigestDesk['claimUnwritten']>[0]): Promise<C[]>;
  },
) {
  return {
    claimUnwritten: (request: Parameters<DigestDesk['claimUnwritten']>[0]) =>
      around(() => desk.claimUnwritten(request)),
    keepMessage: (...args: Parameters<DigestDesk['keepMessage']>) => around(() => desk.keepMessage(...args)),
    voidDelivery: (...args: Parameters<DigestDesk['voidDelivery']>) =>
      around(() => desk.voidDelivery(...args)),
  };
}
const lease = {
  clock,
  concurrency: 5,
  leaseMs: leaseRealMs * settings.clock.speed,
  giveUpAfterMs: Number.MAX_SAFE_INTEGER, // days are seconds here, and a killed worker is no outage of the other side
};
const worker = settings.way === 'mail' ? openMail() : openWebhooks();

function openMail() {
  const rightQueue = misdeliver(database, createDeliveryQueue(database), settings.policy);
  const queue: LetterQueue = {
    claimLetters: (request) => around(() => rightQueue.claimLetters(request)),
    endAttempts: (ends) => around(() => rightQueue.endAttempts(ends)),
  };
  const smtp = createSmtpTransport({ url: `smtp://127.0.0.1:${settings.sinkPort}`, maxConnections: 5 });
  const transport: Transport = { ...smtp, send: (letter) => around(() => smtp.send(letter)) };
  const mail = createDeliveryWorker({
    ...lease,
    notices: createNoticeStore(database),
    deliveries: queue,
    writer: createDigestWriter({
      desk: diesAround(createDigestDesk(database)),
      library: createDigestLibrary(createArchive(database)),
      settings: {
        from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
        unsubscribeAddress: 'unsubscribe@kb.example.org',
        links: createMessageLinks('https://kb.example.org'),
      },
      clock,
      batch: 5,
    }),
    transport,
    senderOf: () => 'alerts@kb.example.org',
  });
  return {
    attempt: () => mail.attemptDueDeliveries(),
    async stop() {
      await mail.stop();
      await transport.close();
    },
  };
}

function openWebhooks() {
  const right = createChannelQueue(database, openSealer(database));
  const rightQueue = misdeliver(database, right, settings.policy);
  const poster = createGuardedPoster({
    policy: { allowedHosts: [`127.0.0.1:${settings.sinkPort}`], allowedPorts: [443] },
    resolveHost: resolveBySystem,
    timeoutMs: 5000,
  });
  const sender = createChannelSender({
    post: poster.post,
    loadPushKeys: async () => {
      throw new Error('no browser takes part');
    },
    pushContact: 'mailto:kb@example.org',
    userAgent: 'kbalertz/campaign',
  });
  const channels = createChannelWorker({
    ...lease,
    queue: {
      ...diesAround(right),
      claimLetters: (request) => around(() => rightQueue.claimLetters(request)),
      endAttempts: (ends) => around(() => rightQueue.endAttempts(ends)),
    },
    library: createDigestLibrary(createArchive(database)),
    links: createMessageLinks('https://kb.example.org'),
    sender: { send: (request) => around(() => sender.send(request)) },
    stopChannel: async ({ problem }) => {
      throw new Error(`Nothing should stop a channel of the campaign: ${problem}`);
    },
    tellOwner: async () => {},
  });
  return {
    attempt: () => channels.attemptDueMessages(),
    async stop() {
      await channels.stop();
      await poster.close();
    },
  };
}

process.on('message', (message) => {
  if (message === 'stop') stopping = true;
});
process.on('disconnect', () => {
  if (!stopping) process.exit(1); // whoever runs the campaign is gone
});
let stopping = false;
process.send?.('ready');
while (!stopping) {
  try {
    await planDigests({ ledger, clock, batch: 10 });
    const tally = await worker.attempt();
    if (tally.accepted === 0) await sleep(10);
  } catch (error) {
    if (!isAway(error)) throw error;
    await sleep(50); // the server is started again; a worker outlives that
  }
}
await worker.stop();
await database.close();
process.disconnect?.();
