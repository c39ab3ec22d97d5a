import type { AccountId, Instant } from '../knowledge/ids.ts';

/**
 * The secret in the addresses of an account's own feeds. A feed reader shows its address nobody else, and needs it
 * every hour: it is kept as it is, like that of unsubscribe links, so that the account can look it up; whoever has it
 * reads the feeds and can do nothing else.
 */
export type PersonalFeeds = {
  /** null: the account has none, or revoked it. */
  findSecret(accountId: AccountId): Promise<string | null>;
  /** The first one, or another one: addresses with the former one lead nowhere from then on. */
  keepSecret(accountId: AccountId, secret: string, now: Instant): Promise<void>;
  /** Tells whether there was one. */
  revokeSecret(accountId: AccountId): Promise<boolean>;
  findOwner(secret: string): Promise<AccountId | null>;
};
