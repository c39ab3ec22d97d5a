import type { Generated } from 'kysely';

/** People and how they sign in. */
export type AccountsTables = {
  accounts: AccountsTable;
  sessions: SessionsTable;
  tokens: TokensTable;
  rate_limits: RateLimitsTable;
};

type AccountsTable = {
  id: Generated<number>;
  address: string;
  /** The address in the form in which two are the same person's. */
  address_key: string;
  confirmed_at: number | null;
  role: string;
  password_hash: string | null;
  time_zone: string;
  /** Local hour of the digest, 0 to 23. */
  digest_hour: number;
  paused: number;
  /** The instant from which the next digest may be planned; derived from zone, hour and the last digest. */
  next_digest_at: number | null;
  /** Every change up to here was looked at for this account's digests; null before its first subscription. */
  told_through: number | null;
  unsubscribe_secret: string;
  created_at: number;
  /** `person`, or `team`: it has members instead of a way to sign in, and its address may be empty. */
  kind: Generated<string>;
};

type SessionsTable = {
  token_hash: string;
  account_id: number;
  created_at: number;
  seen_at: number;
  expires_at: number;
  user_agent: string;
  /** When the person last proved to be present: signed in, or did it again. */
  proven_at: number;
  /** How: `link`, `password`, `passkey`, `provider`. */
  method: string;
};

/** One-time secrets sent by mail or printed at the first start: `confirm`, `sign-in`, `first-administrator`. */
type TokensTable = {
  token_hash: string;
  purpose: string;
  account_id: number | null;
  payload: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
};

/** Uses counted in the window that ends at `window_ends_at`, shared by all processes. */
type RateLimitsTable = { name: string; key: string; window_ends_at: number; uses: number };
