/** What became of a message; `response` is the other side's answer in its own words. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  /** For now: the same bytes are sent again later. */
  | { readonly kind: 'deferred'; readonly response: string }
  /** For good. `status`: the enhanced status code (RFC 3463), such as `5.1.1`, where there was one. */
  | { readonly kind: 'failed'; readonly response: string; readonly status: string | null };

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
