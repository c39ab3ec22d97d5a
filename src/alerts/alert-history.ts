import type { ChangeWithArticle } from '../knowledge/archive.ts';
import type { AccountId, DigestId, Instant, SubscriptionId } from '../knowledge/ids.ts';
import type { ToldFeedback } from './told-feedback.ts';

/** A change and the subscriptions that match it. */
export type MatchedChange = ChangeWithArticle & { readonly subscriptionIds: readonly SubscriptionId[] };

/** A digest as its reader finds it again. */
export type PastDigest = {
  readonly id: DigestId;
  /** `YYYY-MM-DD` */
  readonly localDate: string;
  readonly plannedAt: Instant;
  readonly changes: number;
  /** How many readers it told of. */
  readonly readers: number;
  /** State of its mail, or of its first channel where there is no mail; null where there is none. */
  readonly deliveryState: string | null;
};

/** What an account's subscriptions matched, will tell and told. */
export type AlertHistory = {
  /**
   * Newest first. Saved searches are left out: what they match is the search's to answer. Whether it was told does
   * not matter, nor does when the subscription was made.
   */
  listMatches(request: {
    readonly accountId: AccountId;
    readonly since: Instant;
    readonly limit: number;
  }): Promise<MatchedChange[]>;
  /** How many changes each subscription matched since then; those with none and saved searches are left out. */
  countMatches(accountId: AccountId, since: Instant): Promise<ReadonlyMap<SubscriptionId, number>>;
  /** What the next digest would tell if it were planned now, newest first. */
  listUntold(accountId: AccountId, limit: number): Promise<MatchedChange[]>;
  /** What it would tell of readers of articles that are followed so, oldest first. */
  listUntoldFeedback(accountId: AccountId, limit: number): Promise<ToldFeedback[]>;
  /** Newest first; `before` is the local date that the last page ended with. */
  listDigests(accountId: AccountId, limit: number, before?: string): Promise<PastDigest[]>;
  /** The account's digest of a local date, `YYYY-MM-DD`, with the changes and the feedback that it told. */
  findDigest(
    accountId: AccountId,
    localDate: string,
  ): Promise<
    | (PastDigest & {
        readonly told: readonly ChangeWithArticle[];
        /** Without what was put away since. */
        readonly feedback: readonly ToldFeedback[];
      })
    | null
  >;
};
