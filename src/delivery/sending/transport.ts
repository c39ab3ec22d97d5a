import type { BounceKind } from '../bounces/bounce-report.ts';

/** What a server refused, judged as a report of it would be. */
export type RefusalVerdict = {
  readonly kind: BounceKind;
  readonly reason: string;
  /** The enhanced status code (RFC 3463), such as `5.1.1`, where there was one. */
  readonly status: string | null;
};

/** What became of a message; `response` is the other side's answer in its own words. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  /**
   * For now: the same bytes are sent again later. `refusal`: of us, not of the reader, by RCPT TO or DATA.
   * `isUnreachable`: no server answered, or not to the end.
   */
  | {
      readonly kind: 'deferred';
      readonly response: string;
      readonly refusal?: RefusalVerdict;
      readonly isUnreachable?: boolean;
    }
  /** For good. */
  | { readonly kind: 'failed'; readonly response: string; readonly refusal?: RefusalVerdict };

/** Takes a message for one recipient. Never throws for what the network or the other side do. */
export type Transport = {
  readonly name: 'smtp' | 'outbox';
  send(envelope: {
    readonly from: string;
    readonly to: string;
    readonly message: Uint8Array;
  }): Promise<SendOutcome>;
  /** Ends idle connections; what is under way is finished first. */
  close(): Promise<void>;
};
