/**
 * Lives through nights of a git knowledge base: scans each, plans and delivers at every hour of the day after. May be
 * killed anywhere; whoever starts it again says which day was under way.
 */
import { planDigests } from '../../src/alerts/plan-digests.ts';
import { createDigestLibrary } from '../../src/delivery/digests/digest-library.ts';
import { createDigestWriter } from '../../src/delivery/digests/digest-writer.ts';
import { createMessageLinks } from '../../src/delivery/messages/message-settings.ts';
import { createDeliveryWorker } from '../../src/delivery/sending/delivery-worker.ts';
import { createSmtpTransport } from '../../src/delivery/sending/smtp-transport.ts';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { createScanner } from '../../src/knowledge/scanning/create-scanner.ts';
import { createTechnologyPlacing } from '../../src/knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { createGitReader } from '../../src/sources/git/create-git-reader.ts';
import { type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { createDeliveryQueue } from '../../src/store/deliveries.ts';
import { createDigestLedger } from '../../src/store/digests.ts';
import { createDigestDesk } from '../../src/store/digests-desk.ts';
import { createNoticeStore } from '../../src/store/notices.ts';
import { openStore } from '../../src/store/open-store.ts';

/** The worker's one argument, as JSON. */
export type ReplaySettings = {
  readonly location: DatabaseLocation;
  readonly cacheFolder: string;
  readonly sourceName: string;
  readonly smtpPort: number;
  /** Instants of midnight, UTC. */
  readonly days: readonly number[];
};

const hourMs = 3_600_000;
const settings: ReplaySettings = JSON.parse(process.argv[2] ?? '{}');
const database = openDatabase(settings.location);
let now = asId<Instant>(0);
const clock = { now: () => now };
const { archive, sources, scanLedger } = openStore(database);
const reader = createGitReader({ cacheFolder: settings.cacheFolder, isLocalPathAllowed: () => true, clock });
const scanner = createScanner({
  readerOf: () => reader,
  ledger: scanLedger,
  clock,
  placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
});
const ledger = createDigestLedger(database);
const transport = createSmtpTransport({ url: `smtp://127.0.0.1:${settings.smtpPort}`, maxConnections: 5 });
const worker = createDeliveryWorker({
  notices: createNoticeStore(database),
  deliveries: createDeliveryQueue(database),
  writer: createDigestWriter({
    desk: createDigestDesk(database),
    library: createDigestLibrary(archive),
    settings: {
      from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
      unsubscribeAddress: 'unsubscribe@kb.example.org',
      links: createMessageLinks('https://kb.example.org'),
    },
    clock,
  }),
  transport,
  clock,
  concurrency: 5,
  senderOf: () => 'alerts@kb.example.org',
});

const source = await sources.find(settings.sourceName);
if (!source) throw new Error('The source is missing.');
for (const day of settings.days) {
  now = asId(day);
  const { kind } = await scanner.scan(source, { asOf: now });
  if (kind === 'failed' || kind === 'held')
    throw new Error(`The scan of ${new Date(day).toISOString()} ${kind}.`);
  for (let hour = 0; hour < 24; hour++) {
    // At half past, so that zones of half an hour get theirs at once.
    now = asId(day + hour * hourMs + hourMs / 2);
    const { digests } = await planDigests({ ledger, clock });
    if (digests > 0 || hour % 6 === 0) await worker.attemptDueDeliveries();
  }
  process.send?.(day);
}
await transport.close();
await database.close();
process.disconnect?.();
