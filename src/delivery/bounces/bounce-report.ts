import type { BounceReason } from './bounce-reasons.ts';

/**
 * What a mail in the bounce mailbox means for a recipient. `hard`: the address does not exist or is gone, so nothing
 * is to be sent there again. `soft`: it may work later. `policy`: the sender, the message or the route is refused,
 * which is not the recipient's fault. `complaint`: the recipient called it spam.
 */
export type BounceKind = 'hard' | 'soft' | 'policy' | 'complaint';

export type BouncedRecipient = {
  /** In lower case only after the last `@`; the part before it is kept as written. */
  readonly address: string;
  readonly kind: BounceKind;
  readonly reason: BounceReason;
  /** Enhanced status code of RFC 3463, such as `5.1.1`; null where the report gives none. */
  readonly status: string | null;
  /** SMTP reply code, such as 550; null where the report gives none. */
  readonly replyCode: number | null;
  readonly action: 'failed' | 'delayed' | null;
  /** What the refusing server or the report said, on one line, at most 500 characters. */
  readonly diagnostic: string;
};

export type BounceReport = {
  /** The gravest kind among the recipients; `none`: no bounce and no complaint. */
  readonly kind: BounceKind | 'none';
  /** Empty for kind `none`, and where a report does not say whom it is about. */
  readonly recipients: readonly BouncedRecipient[];
  /** Message-ID of the message that came back, without angle brackets. */
  readonly originalMessageId: string | null;
  /** Addresses that this mail was sent to: one of them is the envelope sender of the message that came back. */
  readonly sentTo: readonly string[];
  /** The recipient that a variable envelope return path (`bounces+ana=example.com@…`) names; surest where present. */
  readonly verpRecipient: string | null;
};
