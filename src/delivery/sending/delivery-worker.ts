import { randomUUID } from 'node:crypto';
import type { AttemptEnd, AttemptOutcome, Letter, LetterQueue } from '../../alerts/letter-queue.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { DigestWriter } from '../digests/digest-writer.ts';
import { type AttemptTally, createAttemptLog } from './attempt-log.ts';
import { nextAttemptAt } from './back-off.ts';
import { claimAhead } from './claim-ahead.ts';
import type { DomainGate } from './domain-gate.ts';
import { inParallel } from './in-parallel.ts';
import { outlastOutage } from './outlast-outage.ts';
import type { RefusalVerdict, Transport } from './transport.ts';

export type DeliveryWorker = {
  /** Attempts everything that is due, once, and returns when each attempt has ended and is kept. */
  attemptDueDeliveries(): Promise<AttemptTally>;
  /** Begins no further attempt, and gives back what was claimed; resolves when those under way have ended. */
  stop(): Promise<void>;
};

type Kind = 'digest' | 'notice';
type Due = { readonly kind: Kind; readonly letter: Letter };

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
  readonly senderOf: (letter: { readonly kind: Kind; readonly id: number }) => string;
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

  const queues = { notice: notices, digest: deliveries };

  const attempt = async (kind: Kind, letter: Letter): Promise<AttemptEnd | null> => {
    const place = await gate?.enter(letter.address);
    // Asked after the wait, right before the connection: a lease that ran out is somebody else's.
    if (isStopping || clock.now() >= letter.leaseUntil) {
      place?.leave('failed');
      return isStopping ? giveBack(letter, clock.now()) : null;
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

  /** For who sends next, at once: without it the letter would wait for its lease. */
  const giveBack = (letter: Letter, now: AttemptEnd['endedAt']): AttemptEnd => {
    const response = 'kbalertz was stopped before it was sent.';
    return { letter, endedAt: now, outcome: { kind: 'deferred', response, nextAttemptAt: now } };
  };

  const claim = async (kind: Kind): Promise<Due[]> => {
    const closed = gate?.listClosed();
    if (closed?.all) return [];
    const letters = await queues[kind].claimLetters({
      now: clock.now(),
      limit: concurrency * 10,
      leaseMs,
      leaseToken: randomUUID(),
      exceptDomains: closed?.domains ?? [],
    });
    return letters.map((letter) => ({ kind, letter }));
  };

  /** Attempts what is due until nothing is; returns how many it took. */
  const sendDue = async (tally: Record<keyof AttemptTally, number>): Promise<number> => {
    const logs = {
      notice: createAttemptLog(notices, parts.pause),
      digest: createAttemptLog(deliveries, parts.pause),
    };
    const keep = async () => {
      tally.late += await logs.notice.flush();
      tally.late += await logs.digest.flush();
    };
    const claimSome = async (): Promise<Due[]> => {
      if (isStopping) return [];
      await logs.notice.keepUp(concurrency * 5);
      await logs.digest.keepUp(concurrency * 5);
      const urgent = await claim('notice');
      return urgent.length > 0 ? urgent : claim('digest');
    };
    let taken = 0;
    try {
      await inParallel(claimAhead(claimSome, concurrency * 3), concurrency, async ({ kind, letter }) => {
        taken += 1;
        const end = await attempt(kind, letter);
        if (end) logs[kind].add(end);
        tally[end?.outcome.kind ?? 'late'] += 1;
      });
    } finally {
      await keep();
    }
    return taken;
  };

  const run = async (): Promise<AttemptTally> => {
    const tally = { accepted: 0, deferred: 0, failed: 0, late: 0 };
    while (!isStopping) {
      const taken = await sendDue(tally);
      // Not while letters are on their way: what it holds as it writes would wait for its lease if the process dies.
      if (taken + (await writer.writeSome()) === 0) break;
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
