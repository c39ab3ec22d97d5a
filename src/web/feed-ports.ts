import type { Significance } from '../knowledge/change.ts';
import type { AccountId, Instant, SubscriptionId } from '../knowledge/ids.ts';

export type FeedFormat = 'atom' | 'json';

/** What a feed is about. `personal`: by the secret of its owner's address; one subscription, or all of them (null). */
export type FeedTopic =
  | { readonly kind: 'changes' }
  | { readonly kind: 'technology'; readonly slug: string }
  | { readonly kind: 'source'; readonly name: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'personal'; readonly secret: string; readonly subscriptionId: SubscriptionId | null };

/** Feeds of what changed. */
export type Feeds = {
  /** `selfUrl`, `pageUrl`: where the feed is, and the page of the same content. `not-ready`: the search is being built. */
  writeFeed(request: {
    readonly topic: FeedTopic;
    readonly format: FeedFormat;
    readonly least: Significance;
    readonly selfUrl: string;
    readonly pageUrl: string;
  }): Promise<
    | {
        readonly kind: 'feed';
        readonly contentType: string;
        readonly text: string;
        readonly updatedAt: Instant;
      }
    | { readonly kind: 'not-found' }
    | { readonly kind: 'not-ready' }
  >;
  /** The secret of an account's own feeds; null: it has none. */
  findSecret(accountId: AccountId): Promise<string | null>;
  /** Gives it the first one, or another one instead of it. */
  renewSecret(accountId: AccountId): Promise<void>;
  revokeSecret(accountId: AccountId): Promise<boolean>;
};
