import { setTimeout as sleep } from 'node:timers/promises';
import { parseAddress } from '../accounts/address.ts';
import { createDigestLibrary } from '../delivery/digests/digest-library.ts';
import { createDigestWriter } from '../delivery/digests/digest-writer.ts';
import { createMessageLinks, domainOf, type MessageSettings } from '../delivery/messages/message-settings.ts';
import { createMailer } from '../delivery/notices/create-mailer.ts';
import { createDeliveryWorker } from '../delivery/sending/delivery-worker.ts';
import { createDomainGate } from '../delivery/sending/domain-gate.ts';
import { createOutboxTransport } from '../delivery/sending/outbox-transport.ts';
import { createSmtpTransport } from '../delivery/sending/smtp-transport.ts';
import { loadDkimKeys } from '../delivery/signing/key-folder.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { Database } from '../store/database.ts';
import { createDeliveryQueue } from '../store/deliveries.ts';
import { createDigestDesk } from '../store/digests-desk.ts';
import { createNoticeStore } from '../store/notices.ts';
import { composeReturnAddresses, composeReturnedMail } from './compose-returned-mail.ts';
import type { Config } from './config.ts';

const concurrency = 20;

/** Everything between a planned digest or a notice and the mail server, or the outbox where there is none. */
export async function composeDelivery(parts: {
  readonly config: Config;
  readonly database: Database;
  readonly archive: Archive;
  readonly clock: Clock;
}) {
  const { config, database, archive, clock } = parts;
  const addresses = await composeReturnAddresses(config, database);
  const settings: MessageSettings = {
    from: config.mailFrom,
    unsubscribeAddress: addresses?.unsubscribe ?? `unsubscribe@${domainOf(config.mailFrom.address)}`,
    links: createMessageLinks(config.publicUrl),
    dkimKeys: await loadDkimKeys(config.dataFolder, domainOf(config.mailFrom.address)),
  };
  const notices = createNoticeStore(database);
  const mailer = createMailer({ shelf: notices, settings, clock, keyOf });
  const returned = composeReturnedMail({ config, database, clock, addresses, keyOf });
  const transport =
    config.smtpUrl === null
      ? createOutboxTransport()
      : createSmtpTransport({ url: config.smtpUrl, maxConnections: concurrency });
  const worker = createDeliveryWorker({
    notices,
    deliveries: createDeliveryQueue(database),
    writer: createDigestWriter({
      desk: createDigestDesk(database),
      library: createDigestLibrary(archive),
      settings,
      clock,
    }),
    transport,
    clock,
    concurrency,
    gate: createDomainGate({ clock, limits: config.domainLimits, sleep: (durationMs) => sleep(durationMs) }),
    senderOf: (letter) => addresses?.senderOf(letter) ?? config.mailFrom.address,
    async onRefusal({ response, ...refusal }) {
      await returned.desk.takeBounce({ ...refusal, diagnostic: response });
    },
  });
  return {
    mailer,
    returned,
    attemptDueDeliveries: () => worker.attemptDueDeliveries(),
    async close() {
      await worker.stop();
      await transport.close();
    },
  };
}

/** Addresses here were parsed before; one that is not is nobody else's. */
function keyOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed.kind === 'address' ? parsed.key : address;
}
