import { randomUUID } from 'node:crypto';
import type { AttemptEnd, AttemptOutcome, Letter, LetterQueue } from '../../alerts/letter-queue.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { DigestWriter } from '../digests/digest-writer.ts';
import { type AttemptTally, createAttemptLog } from './attempt-log.ts';
import { nextAttemptAt } from './back-off.ts';
import type { DomainGate } from './domain-gate.ts';
import { inParallel } from './in-parallel.ts';
import { outlastOutage } from './outlast-outage.ts';
import type { RefusalVerdict, Transport } from './transport.ts';

export type DeliveryWorker = {
  /** Attempts everything that is due, once, and returns when each attempt has ended and is kept. */
  attemptDueDeliveries(): Promise<AttemptTally>;
  /** Begins no further attempt; resolves when those under way have ended. */
  stop(): Promise<void>;
};

/** Longer than all time-outs of an SMTP dialogue together are likely to take. */
const defaultLeaseMs = 10 * 60_000;
/** As long as mail servers commonly try (RFC 5321, 4.5.4.1: at least 4 to 5 days). */
const defaultGiveUpAfterMs = 5 * 86_400_000;

/** Writes the messages of planned digests and sends them, and notices, which never wait behind them. */
export function createDeliveryWorker(parts: {
  readonly notices: LetterQueue;
  readonly deliveries: LetterQueue;
  readonly writer: DigestWriter;
  readonly transport: Transport;
  readonly clock: Clock;
  /** How many attempts are under way at a time. */
  readonly concurrency: number;
  /** The envelope's sender, to which bounces go. */
  readonly senderOf: (letter: { readonly kind: 'digest' | 'notice'; readonly id: number }) => string;
  readonly leaseMs?: number;
  /** Counted from when there was first something to send. */
  readonly giveUpAfterMs?: number;
  /** Told of each refusal before it is kept: an address that does not exist has to be suppressed. */
  readonly onRefusal?: (refusal: RefusalVerdict & { address: string; response: string }) => Promise<void>;
  /** Keeps domains from being pressed; without one all go as fast as they come. */
  readonly gate?: DomainGate;
  /** From 0 to 1, spreads repeated attempts. */
  readonly chance?: () => number;
  /** Waits for a database that is away. */
  readonly pause?: (ms: number) => Promise<unknown>;
}): DeliveryWorker {
  const { notices, deliveries, writer, transport, clock, concurrency, senderOf, gate } = parts;
  const {
    giveUpAfterMs = defaultGiveUpAfterMs,
    leaseMs = defaultLeaseMs,
    onRefusal = async () => {},
    chance = Math.random,
  } = parts;
  let isStopping = false;
  let running: Promise<unknown> = Promise.resolve();

  const attempt = async (kind: 'digest' | 'notice', letter: Letter): Promise<AttemptEnd | null> => {
    const place = await gate?.enter(letter.address);
    // Asked after the wait, right before the connection: a lease that ran out is somebody else's.
    if (isStopping || clock.now() >= letter.leaseUntil) {
      place?.leave('failed');
      return null;
    }
    const sent = await transport.send({
      from: senderOf({ kind, id: letter.id }),
      to: letter.address,
      message: letter.message,
    });
    const endedAt = clock.now();
    place?.leave(sent.kind === 'deferred' && sent.isUnreachable ? 'unreachable' : sent.kind);
    const { response } = sent;
    const outcome =
      sent.kind === 'deferred' ? defer(letter, response, endedAt) : { kind: sent.kind, response };
    const verdict = sent.kind === 'accepted' ? undefined : sent.refusal;
    const expired = { kind: 'soft', reason: 'expired', status: null } as const;
    const refusal = verdict ?? (outcome.kind === 'failed' ? expired : undefined);
    if (refusal) {
      const refused = { ...refusal, response, address: letter.address };
      await outlastOutage(() => onRefusal(refused), parts.pause);
    }
    return { letter, endedAt, outcome };
  };

  const defer = (letter: Letter, response: string, now: AttemptEnd['endedAt']): AttemptOutcome => {
    const nextAt = nextAttemptAt({ attempt: letter.attempt, now, chance: chance() });
    return nextAt > letter.queuedAt + giveUpAfterMs
      ? {
          kind: 'failed',
          response: `Given up after ${Math.round(giveUpAfterMs / 86_400_000)} days: ${response}`,
        }
      : { kind: 'deferred', response, nextAttemptAt: nextAt };
  };

  /** Attempts some of what is due; returns how many it took. */
  const sendSome = async (
    kind: 'digest' | 'notice',
    tally: Record<keyof AttemptTally, number>,
  ): Promise<number> => {
    const queue = kind === 'digest' ? deliveries : notices;
    const closed = gate?.listClosed();
    if (closed?.all) return 0;
    const letters = await queue.claimLetters({
      now: clock.now(),
      limit: concurrency * 10,
      leaseMs,
      leaseToken: randomUUID(),
      exceptDomains: closed?.domains ?? [],
    });
    const log = createAttemptLog(queue, parts.pause);
    await inParallel(letters, concurrency, async (letter) => {
      const end = await attempt(kind, letter);
      if (end) log.add(end);
      tally[end?.outcome.kind ?? 'late'] += 1;
    });
    tally.late += await log.flush();
    return letters.length;
  };

  const run = async (): Promise<AttemptTally> => {
    const tally = { accepted: 0, deferred: 0, failed: 0, late: 0 };
    while (!isStopping) {
      const done = [
        await sendSome('notice', tally),
        await writer.writeSome(),
        await sendSome('digest', tally),
      ];
      if (done.every((count) => count === 0)) break;
    }
    return tally;
  };

  return {
    attemptDueDeliveries() {
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
