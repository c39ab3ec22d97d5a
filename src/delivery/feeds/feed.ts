import type { Significance } from '../../knowledge/change.ts';
import type { Instant, SubscriptionId } from '../../knowledge/ids.ts';

export type FeedFormat = 'atom' | 'json';

/** What a feed is about. `personal`: by the secret of its owner's address; one subscription, or all of them (null). */
export type FeedTopic =
  | { readonly kind: 'changes' }
  | { readonly kind: 'technology'; readonly slug: string }
  | { readonly kind: 'source'; readonly name: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'personal'; readonly secret: string; readonly subscriptionId: SubscriptionId | null };

/** What a feed says, before it has a format. */
export type Feed = {
  /** A tag URI (RFC 4151): stays when the feed moves. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** Where the feed itself and the page of the same content are. */
  readonly selfUrl: string;
  readonly pageUrl: string;
  /** That of its newest entry. */
  readonly updatedAt: Instant;
  /** Newest first. */
  readonly entries: readonly FeedEntry[];
};

/** One change, or one bulk edit. All texts are lines without markup, `html` is escaped. */
export type FeedEntry = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  /** When the source showed it, and when it was recorded here. */
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  readonly tags: readonly string[];
};

export type FeedRequest = {
  readonly topic: FeedTopic;
  readonly format: FeedFormat;
  /** From which significance on; those of a subscription are its own. */
  readonly least: Significance;
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
