import type { AccountId, Instant, SubscriptionId } from '../knowledge/ids.ts';
import type { Followed, Subscription, Threshold } from './subscription.ts';

/** More would make digests that nobody reads, and planning slow for all. */
export const maxSubscriptionsPerAccount = 500;

export type FollowOutcome =
  | { readonly kind: 'followed'; readonly subscription: Subscription }
  | { readonly kind: 'already-followed'; readonly subscription: Subscription }
  | { readonly kind: 'too-many'; readonly limit: number }
  /** The account or what it wants to follow does not exist (any more). */
  | { readonly kind: 'not-found' };

/** The rows of subscriptions. */
export type SubscriptionStore = {
  /** Tells from now on what is recorded; what is followed already keeps its threshold. */
  follow(request: {
    readonly accountId: AccountId;
    readonly followed: Followed;
    readonly threshold: Threshold;
    readonly now: Instant;
  }): Promise<FollowOutcome>;
  /** By id: only the account's own. Tells whether there was one. */
  unfollow(accountId: AccountId, id: SubscriptionId): Promise<boolean>;
  /** Ends all subscriptions of the account; returns how many there were. */
  unfollowAll(accountId: AccountId): Promise<number>;
  /** Counts for every change that no digest has considered yet, and for all later ones. */
  setThreshold(accountId: AccountId, id: SubscriptionId, threshold: Threshold): Promise<boolean>;
  /** For an article: whether what readers say of it, accepted from now on, is told, too. False: there is no such one. */
  setFeedback(accountId: AccountId, id: SubscriptionId, isWanted: boolean): Promise<boolean>;
  findSubscription(accountId: AccountId, id: SubscriptionId): Promise<Subscription | null>;
  /** In the order in which they were made. */
  listSubscriptions(accountId: AccountId): Promise<Subscription[]>;
  /** What was recorded until now and not told yet is not told any more: for readers who come back after a pause. */
  forgetUntold(accountId: AccountId): Promise<void>;
};
