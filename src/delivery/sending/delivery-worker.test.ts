import { describe, expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../../tests/factories/ledger-world.ts';
import type { AttemptEnd, Letter, LetterQueue } from '../../alerts/letter-queue.ts';
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
import type { Transport } from './transport.ts';

const settings = {
  from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
  unsubscribeAddress: 'unsubscribe@kb.example.org',
  links: createMessageLinks('https://kb.example.org'),
};

function letter(id: number, more: Partial<Letter> = {}): Letter {
  return {
    id,
    address: `reader${id}@example.org`,
    messageId: `<${id}@x>`,
    message: Buffer.from(`message ${id}`),
    attempt: 1,
    queuedAt: asId(0),
    leaseToken: 'l',
    leaseUntil: asId(1000),
    ...more,
  };
}

/** A queue that hands out its letters once, and keeps the ends. */
function queueOf(letters: Letter[]) {
  const ends: AttemptEnd[] = [];
  const queue: LetterQueue = {
    claimLetters: async ({ limit }) => letters.splice(0, limit),
    endAttempts: async (some) => {
      ends.push(...some);
      return { late: 0 };
    },
  };
  return { queue, ends };
}

function workerOf(parts: {
  notices?: LetterQueue;
  deliveries?: LetterQueue;
  now?: () => number;
  send: Transport['send'];
  pause?: () => Promise<void>;
  concurrency?: number;
}) {
  return createDeliveryWorker({
    notices: parts.notices ?? queueOf([]).queue,
    deliveries: parts.deliveries ?? queueOf([]).queue,
    writer: { writeSome: async () => 0 },
    transport: { name: 'smtp', send: parts.send, close: async () => {} },
    clock: { now: () => asId(parts.now?.() ?? 0) },
    concurrency: parts.concurrency ?? 2,
    senderOf: () => 'alerts@example.org',
    chance: () => 0.5,
    ...(parts.pause && { pause: parts.pause }),
  });
}

describe('the delivery worker', () => {
  test('defers with back-off, and gives up five days after there was something to send', async () => {
    const dayMs = 86_400_000;
    const { queue, ends } = queueOf([
      letter(1, { leaseUntil: asId(9 * dayMs), queuedAt: asId(4 * dayMs) }),
      letter(2, { leaseUntil: asId(9 * dayMs), attempt: 9 }),
    ]);
    const worker = workerOf({
      deliveries: queue,
      now: () => 4.99 * dayMs,
      send: async () => ({ kind: 'deferred', response: '451 later' }),
    });
    expect(await worker.attemptDueDeliveries()).toEqual({ accepted: 0, deferred: 1, failed: 1, late: 0 });
    expect(ends.map((end) => end.outcome)).toEqual([
      { kind: 'deferred', response: '451 later', nextAttemptAt: 4.99 * dayMs + 300_000 },
      { kind: 'failed', response: 'Given up after 5 days: 451 later' },
    ]);
  });

  test('sends nothing when it slept past its lease', async () => {
    const sent: string[] = [];
    const worker = workerOf({
      deliveries: queueOf([letter(1)]).queue,
      now: () => 1000,
      send: async ({ to }) => {
        sent.push(to);
        return { kind: 'accepted', response: 'ok' };
      },
    });
    expect(await worker.attemptDueDeliveries()).toMatchObject({ accepted: 0, late: 1 });
    expect(sent).toEqual([]);
  });

  test('sends as many at a time as it may, notices first', async () => {
    const order: string[] = [];
    let [busy, busiest] = [0, 0];
    const worker = workerOf({
      notices: queueOf([letter(100)]).queue,
      deliveries: queueOf(Array.from({ length: 30 }, (_, n) => letter(n))).queue,
      concurrency: 3,
      send: async ({ to }) => {
        busiest = Math.max(busiest, ++busy);
        order.push(to);
        await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
        return { kind: 'accepted', response: 'ok' };
      },
    });
    expect(await worker.attemptDueDeliveries()).toMatchObject({ accepted: 31 });
    expect(order[0]).toBe('reader100@example.org');
    expect(busiest).toBe(3);
  });

  test('stops after what is under way, begins nothing more, and gives back at once what it had claimed', async () => {
    const { queue, ends } = queueOf(Array.from({ length: 30 }, (_, n) => letter(n)));
    let stopped: Promise<void> | undefined;
    const worker = workerOf({
      deliveries: queue,
      send: async () => {
        stopped ??= worker.stop();
        return { kind: 'accepted', response: 'ok' };
      },
    });
    const tally = await worker.attemptDueDeliveries();
    await stopped;
    expect(tally.accepted).toBeLessThan(3);
    const outcomes = ends.map((end) => end.outcome);
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(tally.accepted);
    // It had claimed 20 of the 30, ten for each that it sends at a time.
    expect(outcomes.filter((each) => each.kind === 'deferred' && each.nextAttemptAt === 0)).toHaveLength(
      20 - tally.accepted,
    );
  });

  test('tells its caller when outcomes can not be kept', async () => {
    const { queue } = queueOf([letter(1)]);
    const endAttempts = async () => {
      throw new Error('disk full');
    };
    const worker = workerOf({
      deliveries: { ...queue, endAttempts },
      pause: async () => {},
      send: async () => ({ kind: 'accepted', response: 'ok' }),
    });
    await expect(worker.attemptDueDeliveries()).rejects.toThrow('disk full');
  });
});

describeOnBothDatabases('planning, writing and sending', (databases) => {
  test('take digests and notices to the outbox, once each', async () => {
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
  });
});
