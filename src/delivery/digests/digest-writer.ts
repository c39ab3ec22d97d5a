import { randomUUID } from 'node:crypto';
import { composeDigest, type DigestLibrary } from '../../alerts/compose-digest.ts';
import type { DigestDesk, UnwrittenDigest } from '../../alerts/digest-desk.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { MessageSettings } from '../messages/message-settings.ts';
import { writeDigest } from './write-digest.ts';

export type DigestWriter = {
  /** Writes the messages of some digests that wait for theirs; returns of how many it took care. */
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
      for (const one of claimed) await write(one);
      return claimed.length;
    },
  };
}
