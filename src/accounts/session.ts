import type { AccountId, Instant } from '../knowledge/ids.ts';

/** How the person proved who they are. */
export const signInMethods = ['link', 'password', 'passkey', 'provider'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** One browser that is signed in. Only the hash of its token is kept. */
export type Session = {
  readonly tokenHash: string;
  readonly accountId: AccountId;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  readonly userAgent: string;
  /** When the person last proved to be present. */
  readonly provenAt: Instant;
  readonly method: SignInMethod;
};

export type SessionStore = {
  insertSession(session: Session): Promise<void>;
  findSession(tokenHash: string): Promise<Session | null>;
  touchSession(tokenHash: string, times: { seenAt: Instant; expiresAt: Instant }): Promise<void>;
  deleteSession(tokenHash: string): Promise<void>;
  /** By hash: only the account's own. Tells whether there was one. */
  deleteSessionOf(accountId: AccountId, tokenHash: string): Promise<boolean>;
  /** All of the account's, but the one to keep. Returns how many. */
  deleteSessions(accountId: AccountId, keepTokenHash: string | null): Promise<number>;
  /** Last seen first. */
  listSessions(accountId: AccountId): Promise<Session[]>;
  deleteExpiredSessions(now: Instant): Promise<number>;
};
