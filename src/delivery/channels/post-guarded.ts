/** What came of a POST to an address that an account gave. `body`: the beginning of the answer. */
export type PostOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The address is not one that we post to: private, not https … */
  | { readonly kind: 'refused'; readonly because: string }
  /** No answer: no connection, too slow, no HTTP. */
  | { readonly kind: 'failed'; readonly because: string };

/**
 * Posts to an address from outside: never to a private network that the operator did not name, by https alone, without
 * following redirections, within a time and a size. Never throws for what the other side does.
 */
export type PostGuarded = (request: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}) => Promise<PostOutcome>;
