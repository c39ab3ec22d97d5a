import type { Instant } from '../../knowledge/ids.ts';

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
