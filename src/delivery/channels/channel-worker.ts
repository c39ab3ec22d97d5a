import { randomUUID } from 'node:crypto';
import type { Channel } from '../../alerts/channel.ts';
import type {
  ChannelDesk,
  ChannelLetter,
  ChannelQueue,
  UnwrittenChannelDigest,
} from '../../alerts/channel-queue.ts';
import { composeDigest, type DigestLibrary } from '../../alerts/compose-digest.ts';
import type { AttemptEnd } from '../../alerts/letter-queue.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { type AttemptTally, createAttemptLog } from '../sending/attempt-log.ts';
import { inParallel } from '../sending/in-parallel.ts';
import { outlastOutage } from '../sending/outlast-outage.ts';
import type { ChannelOutcome } from './channel-outcome.ts';
import type { ChannelSender } from './create-channel-sender.ts';
import { nextAttemptAt } from './retry-schedule.ts';
import { writeChannelMessage } from './write-channel-message.ts';

export type ChannelWorker = {
  /** Attempts everything that is due, once, and returns when each attempt has ended and is kept. */
  attemptDueMessages(): Promise<AttemptTally>;
  /** Begins no further attempt; resolves when those under way have ended. */
  stop(): Promise<void>;
};

export type ChannelStop = {
  readonly channel: Channel;
  readonly state: 'paused' | 'disabled';
  readonly problem: string;
};

/** Several times as long as one POST may take. */
const defaultLeaseMs = 5 * 60_000;

/** Writes the messages of digests for their channels and sends them; beside the mail, which never waits for it. */
export function createChannelWorker(parts: {
  readonly queue: ChannelQueue & ChannelDesk;
  readonly library: DigestLibrary;
  readonly links: MessageLinks;
  readonly sender: ChannelSender;
  readonly clock: Clock;
  /** How many attempts are under way at a time. */
  readonly concurrency: number;
  /** Nothing goes by the channel any more, it is gone or kept failing; tells whether it was in use until now. */
  readonly stopChannel: (stop: ChannelStop) => Promise<boolean>;
  /** Called once when it stopped. */
  readonly tellOwner: (stop: ChannelStop) => Promise<void>;
  readonly leaseMs?: number;
  /** Three days, counted from when there was first something to send. */
  readonly giveUpAfterMs?: number;
  /** From 0 to 1, spreads repeated attempts. */
  readonly chance?: () => number;
  /** Waits for a database that is away. */
  readonly pause?: (ms: number) => Promise<unknown>;
}): ChannelWorker {
  const { queue, library, links, sender, clock, concurrency, stopChannel, tellOwner, pause } = parts;
  const { leaseMs = defaultLeaseMs, giveUpAfterMs, chance = Math.random } = parts;
  let isStopping = false;
  let running: Promise<unknown> = Promise.resolve();
  const claim = () => ({ now: clock.now(), limit: concurrency * 4, leaseMs, leaseToken: randomUUID() });

  const write = async (claimed: UnwrittenChannelDigest): Promise<void> => {
    const { material, channel } = claimed;
    const changes = material.changes.filter((change) => change.subscription !== null);
    const digest = await composeDigest({ ...material, changes }, library);
    if (digest === null) await queue.voidDelivery(claimed, clock.now());
    else await queue.keepMessage(claimed, writeChannelMessage(digest, channel, links));
  };

  const writeSome = async (): Promise<number> => {
    const claimed = await queue.claimUnwritten(claim());
    const written = await Promise.allSettled(claimed.map(write));
    const failures = written.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (failures.length > 0) {
      throw new AggregateError(
        failures,
        `${failures.length} of ${claimed.length} messages could not be written`,
      );
    }
    return claimed.length;
  };

  const attempt = async (letter: ChannelLetter): Promise<AttemptEnd | null> => {
    if (isStopping || clock.now() >= letter.leaseUntil) return null;
    const { channel, messageId, message } = letter;
    const sent = await sender.send({ target: channel.target, messageId, message, now: clock.now() });
    const endedAt = clock.now();
    return { letter, endedAt, outcome: await settle(letter, sent, endedAt) };
  };

  const settle = async (
    letter: ChannelLetter,
    sent: ChannelOutcome,
    now: AttemptEnd['endedAt'],
  ): Promise<AttemptEnd['outcome']> => {
    const { response } = sent;
    if (sent.kind === 'accepted') return { kind: 'accepted', response };
    if (sent.kind === 'deferred') {
      const { attempt: number, queuedAt } = letter;
      const { retryAfterMs } = sent;
      const spread = { chance: chance(), giveUpAfterMs };
      const nextAt = nextAttemptAt({ attempt: number, queuedAt, now, retryAfterMs, ...spread });
      if (nextAt !== null) return { kind: 'deferred', response, nextAttemptAt: nextAt };
    }
    const problem = sent.kind === 'deferred' ? `Given up after three days: ${response}` : response;
    const state = sent.kind === 'gone' ? 'disabled' : 'paused';
    const stop = { channel: letter.channel, state, problem } as const;
    if (await outlastOutage(() => stopChannel(stop), pause)) {
      await outlastOutage(() => tellOwner(stop), pause);
    }
    return { kind: 'failed', response: problem };
  };

  const sendSome = async (tally: Record<keyof AttemptTally, number>): Promise<number> => {
    const letters = await queue.claimLetters(claim());
    const log = createAttemptLog(queue, pause);
    await inParallel(letters, concurrency, async (letter) => {
      const end = await attempt(letter);
      if (end) log.add(end);
      tally[end?.outcome.kind ?? 'late'] += 1;
    });
    tally.late += await log.flush();
    return letters.length;
  };

  const run = async (): Promise<AttemptTally> => {
    const tally = { accepted: 0, deferred: 0, failed: 0, late: 0 };
    while (!isStopping && (await writeSome()) + (await sendSome(tally)) > 0);
    return tally;
  };

  return {
    attemptDueMessages() {
      const result = running.then(run);
      running = result.catch(() => {}); // whoever asked for it gets the error; the next run must not
      return result;
    },
    async stop() {
      isStopping = true;
      await running;
    },
  };
}
