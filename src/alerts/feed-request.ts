import type { Significance } from '../knowledge/change.ts';
import type { Instant, SubscriptionId } from '../knowledge/ids.ts';

export type FeedFormat = 'atom' | 'json';

/** What a feed is about. `personal`: by the secret of its owner's address; one subscription, or all of them (null). */
export type FeedTopic =
  | { readonly kind: 'changes' }
  | { readonly kind: 'technology'; readonly slug: string }
  | { readonly kind: 'source'; readonly name: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'personal'; readonly secret: string; readonly subscriptionId: SubscriptionId | null };

/** A feed that somebody asks for. */
export type FeedRequest = {
  readonly topic: FeedTopic;
  readonly format: FeedFormat;
  /** From which significance on; those of a subscription are its own. */
  readonly least: Significance;
  /** Where the feed is, and the page of the same content. */
  readonly selfUrl: string;
  readonly pageUrl: string;
};

export type WrittenFeed =
  | {
      readonly kind: 'feed';
      readonly contentType: string;
      readonly text: string;
      readonly updatedAt: Instant;
    }
  | { readonly kind: 'not-found' }
  /** The search is still being built. */
  | { readonly kind: 'not-ready' };
