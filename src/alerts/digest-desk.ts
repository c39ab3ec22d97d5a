import type { DeliveryId, Instant } from '../knowledge/ids.ts';
import type { DigestMaterial } from './digest-material.ts';

/** A digest whose message has to be written; nobody else writes it before the lease runs out. */
export type UnwrittenDigest = {
  readonly deliveryId: DeliveryId;
  readonly leaseToken: string;
  readonly material: DigestMaterial;
};

/** The message of a delivery as it is kept. */
export type WrittenMessage = {
  readonly messageId: string;
  readonly address: string;
  readonly subject: string;
  readonly content: Uint8Array;
};

/** Between planning and the first attempt: each digest becomes a message once. */
export type DigestDesk = {
  /**
   * Those that wait for their message, the longest waiting first. Digests of accounts that may not be mailed by now
   * (paused, suppressed, not confirmed any more) are withdrawn: as if they had never been planned.
   */
  claimUnwritten(request: {
    readonly now: Instant;
    readonly limit: number;
    readonly leaseMs: number;
    readonly leaseToken: string;
  }): Promise<UnwrittenDigest[]>;
  /** False when it was written by somebody else, or withdrawn. */
  keepMessage(digest: UnwrittenDigest, message: WrittenMessage): Promise<boolean>;
  /** Ends the delivery without a message, since nothing was left to say. Its changes stay told. */
  voidDelivery(digest: UnwrittenDigest, now: Instant): Promise<boolean>;
};
