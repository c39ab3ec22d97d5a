import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../../tests/factories/ledger-world.ts';
import { planDigests } from '../../alerts/plan-digests.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { createArchive } from '../../store/archive.ts';
import { createDeliveryQueue } from '../../store/deliveries.ts';
import { createDigestLedger } from '../../store/digests.ts';
import { createDigestDesk } from '../../store/digests-desk.ts';
import { createNoticeStore } from '../../store/notices.ts';
import { createOutbox } from '../../store/outbox.ts';
import { createSubscriptionStore } from '../../store/subscriptions.ts';
import { createDigestLibrary } from '../digests/digest-library.ts';
import { createDigestWriter } from '../digests/digest-writer.ts';
import { createMessageLinks } from '../messages/message-settings.ts';
import { createMailer } from '../notices/create-mailer.ts';
import { createDeliveryWorker } from './delivery-worker.ts';
import { createOutboxTransport } from './outbox-transport.ts';

const settings = {
  from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
  unsubscribeAddress: 'unsubscribe@kb.example.org',
  links: createMessageLinks('https://kb.example.org'),
};

describeOnBothDatabases('the delivery worker', (databases) => {
  test('takes planned digests and notices to the outbox, once each', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    let now = Date.parse('2026-03-02T07:00:00Z');
    const clock = { now: () => asId<Instant>(now) };
    const notices = createNoticeStore(database);
    const worker = createDeliveryWorker({
      notices,
      deliveries: createDeliveryQueue(database),
      writer: createDigestWriter({
        desk: createDigestDesk(database),
        library: createDigestLibrary(createArchive(database)),
        settings,
        clock,
      }),
      transport: createOutboxTransport(),
      clock,
      concurrency: 4,
      senderOf: () => settings.from.address,
    });
    const exchange = await world.addTechnology('Exchange Online');
    const reader = await world.addAccount({ address: 'ada@example.org' });
    await createSubscriptionStore(database).follow({
      accountId: reader,
      followed: { kind: 'technology', technologyId: exchange },
      threshold: 'material',
      now: asId(0),
    });
    await world.recordChange({
      articleId: await world.addArticle('Mailbox moves stop'),
      technologies: [exchange],
    });
    await createMailer({ shelf: notices, settings, clock, keyOf: (address) => address }).queueNotice({
      accountId: reader,
      address: 'ada@example.org',
      notice: { kind: 'sign-in', link: 'https://kb.example.org/sign-in/abc', expiresAt: asId(now + 1000) },
    });
    await planDigests({ ledger: createDigestLedger(database), clock });

    expect(await worker.attemptDueDeliveries()).toEqual({ accepted: 2, deferred: 0, failed: 0, late: 0 });
    now += 3_600_000;
    expect(await worker.attemptDueDeliveries()).toMatchObject({ accepted: 0 });
    const outbox = createOutbox(database);
    const entries = await outbox.listOutbox({ limit: 10, before: null });
    expect(entries.map((entry) => entry.subject)).toEqual([
      '1 change: Exchange Online',
      'Sign in to kb.example.org',
    ]);
    const message = Buffer.from((await outbox.loadOutboxMessage(entries[0]?.id ?? '')) ?? []).toString();
    expect(message).toContain('Mailbox moves stop');
    for (const entry of entries)
      console.log(Buffer.from((await outbox.loadOutboxMessage(entry.id)) ?? []).toString());
  });
});
