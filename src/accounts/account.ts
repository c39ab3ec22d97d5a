import type { AccountId, Instant } from '../knowledge/ids.ts';

/** What a person may do; each may do everything that those before it may. */
export const roles = ['reader', 'curator', 'moderator', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** A person who signed up. */
export type Account = {
  readonly id: AccountId;
  readonly address: string;
  /** When the address was proven; null: nothing but the confirmation may be mailed to it. */
  readonly confirmedAt: Instant | null;
  readonly role: Role;
  /** A team's account follows and has digests, and signs nobody in. */
  readonly kind: 'person' | 'team';
  readonly hasPassword: boolean;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Local hour of the digest, 0 to 23. */
  readonly digestHour: number;
  readonly paused: boolean;
  readonly nextDigestAt: Instant | null;
  /** Names the account in the unsubscribe links of its mails; not for signing in. */
  readonly unsubscribeSecret: string;
  readonly createdAt: Instant;
};

/** Tells whether `account` has at least the rights of `role`. */
export function hasRole(account: Pick<Account, 'role'>, role: Role): boolean {
  return roles.indexOf(account.role) >= roles.indexOf(role);
}
