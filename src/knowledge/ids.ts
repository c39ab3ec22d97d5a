declare const brand: unique symbol;
/** A number that names one kind of row only; made by the store, never by arithmetic. */
type Id<Name extends string> = number & { readonly [brand]: Name };

export type SourceId = Id<'Source'>;
export type ScanId = Id<'Scan'>;
export type ArticleId = Id<'Article'>;
/** Position in the change log: grows with each change, gaps are allowed. */
export type ChangeId = Id<'Change'>;
export type BulkEditId = Id<'BulkEdit'>;
export type TechnologyId = Id<'Technology'>;
export type AccountId = Id<'Account'>;
export type ApiTokenId = Id<'ApiToken'>;
export type SubscriptionId = Id<'Subscription'>;
export type DigestId = Id<'Digest'>;
export type DeliveryId = Id<'Delivery'>;
export type FeedbackId = Id<'Feedback'>;
/** Position in the trail of what was decided about feedback. */
export type DecisionId = Id<'Decision'>;
export type ChannelId = Id<'Channel'>;

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [brand]: 'Instant' };

/** Marks a number that came from the store, a clock or a validated input as the id or instant that it is. */
export function asId<T extends number>(value: number): T {
  return value as T; // the brand exists in the type system only
}
