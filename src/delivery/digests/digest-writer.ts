import { randomUUID } from 'node:crypto';
import { composeDigest, type DigestLibrary } from '../../alerts/compose-digest.ts';
import type { DigestDesk, UnwrittenDigest } from '../../alerts/digest-desk.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { MessageSettings } from '../messages/message-settings.ts';
import { writeDigest } from './write-digest.ts';

export type DigestWriter = {
  /**
   * Writes the messages of some digests that wait for theirs; returns of how many it took care. Throws AggregateError
   * when some could not be written; the others are.
   */
  writeSome(): Promise<number>;
};

const defaultBatch = 50;
const leaseMs = 5 * 60_000;

/**
 * Turns planned digests into messages. What the reader has stopped following since is left out; a digest with nothing
 * left to say ends without one.
 */
export function createDigestWriter(parts: {
  readonly desk: DigestDesk;
  readonly library: DigestLibrary;
  readonly settings: MessageSettings;
  readonly clock: Clock;
  readonly batch?: number;
}): DigestWriter {
  const { desk, library, settings, clock, batch = defaultBatch } = parts;
  const write = async (claimed: UnwrittenDigest): Promise<void> => {
    const { material } = claimed;
    const changes = material.changes.filter((change) => change.subscription !== null);
    const digest = await composeDigest({ ...material, changes }, library);
    if (digest === null) await desk.voidDelivery(claimed, clock.now());
    else await desk.keepMessage(claimed, await writeDigest(digest, settings));
  };
  return {
    async writeSome() {
      const request = { now: clock.now(), limit: batch, leaseMs, leaseToken: randomUUID() };
      const claimed = await desk.claimUnwritten(request);
      const written = await Promise.allSettled(claimed.map(write));
      // One that can't be written must not stop the others; it comes back when its lease has run out.
      const failures = written.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      if (failures.length > 0) {
        throw new AggregateError(
          failures,
          `${failures.length} of ${claimed.length} digests could not be written`,
        );
      }
      return claimed.length;
    },
  };
}
