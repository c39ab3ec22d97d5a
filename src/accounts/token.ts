import type { AccountId, Instant } from '../knowledge/ids.ts';

export const tokenPurposes = [
  'confirm',
  'sign-in',
  'change-address',
  'first-administrator',
  'passkey-registration',
  'passkey-sign-in',
  'provider-sign-in',
] as const;
export type TokenPurpose = (typeof tokenPurposes)[number];

/** A secret that works once: sent by mail, printed at the first start, or a challenge that a browser answers. Only its hash is kept. */
export type Token = {
  readonly tokenHash: string;
  readonly purpose: TokenPurpose;
  readonly accountId: AccountId | null;
  /** What the token's use needs to know, as text. */
  readonly payload: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
};

export type TokenStore = {
  insertToken(token: Token): Promise<void>;
  findToken(tokenHash: string): Promise<Token | null>;
  /** Marks it as used if it was not and has not expired: of two at the same time only one gets `true`. */
  claimToken(tokenHash: string, now: Instant): Promise<boolean>;
  deleteTokens(filter: { purpose: TokenPurpose; accountId: AccountId | null }): Promise<void>;
  deleteExpiredTokens(before: Instant): Promise<number>;
};

const minuteMs = 60_000;
/** How long each kind of token works, in milliseconds. */
export const tokenLifetimeMs: Readonly<Record<TokenPurpose, number>> = {
  confirm: 3 * 24 * 60 * minuteMs,
  'sign-in': 60 * minuteMs,
  'change-address': 24 * 60 * minuteMs,
  'first-administrator': 7 * 24 * 60 * minuteMs,
  'passkey-registration': 10 * minuteMs,
  'passkey-sign-in': 10 * minuteMs,
  'provider-sign-in': 15 * minuteMs,
};
