import type { FeedRequest, WrittenFeed } from '../alerts/feed-request.ts';
import type { AccountId } from '../knowledge/ids.ts';

/** Feeds of what changed. */
export type Feeds = {
  writeFeed(request: FeedRequest): Promise<WrittenFeed>;
  /** The secret of an account's own feeds; null: it has none. */
  findSecret(accountId: AccountId): Promise<string | null>;
  /** Gives it the first one, or another one instead of it. */
  renewSecret(accountId: AccountId): Promise<void>;
  revokeSecret(accountId: AccountId): Promise<boolean>;
};
