import type { AccountId, Instant } from '../knowledge/ids.ts';

/** One browser that is signed in. Only the hash of its token is kept. */
export type Session = {
  readonly tokenHash: string;
  readonly accountId: AccountId;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  readonly userAgent: string;
};

export type SessionStore = {
  insertSession(session: Session): Promise<void>;
  findSession(tokenHash: string): Promise<Session | null>;
  touchSession(tokenHash: string, times: { seenAt: Instant; expiresAt: Instant }): Promise<void>;
  deleteSession(tokenHash: string): Promise<void>;
  /** All of the account's, but the one to keep. Returns how many. */
  deleteSessions(accountId: AccountId, keepTokenHash: string | null): Promise<number>;
  /** Last seen first. */
  listSessions(accountId: AccountId): Promise<Session[]>;
  deleteExpiredSessions(now: Instant): Promise<number>;
};
