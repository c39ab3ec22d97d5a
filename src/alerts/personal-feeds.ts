import type { AccountId, Instant } from '../knowledge/ids.ts';

/**
 * The secret in the addresses of an account's own feeds. Whoever has it reads the feeds and can do nothing else. It is
 * found by its hash, and kept sealed besides, so that the account can look it up.
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
