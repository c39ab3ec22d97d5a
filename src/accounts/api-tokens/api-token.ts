import type { AccountId, ApiTokenId, Instant } from '../../knowledge/ids.ts';

/** What a token may be for. Reading the archive needs none of these. */
export const apiScopes = ['read', 'subscriptions', 'feedback', 'administration'] as const;
export type ApiScope = (typeof apiScopes)[number];

export const apiScopeMeanings: Readonly<Record<ApiScope, string>> = {
  read: 'Read what you follow and your digests, and use the assistants’ server.',
  subscriptions: 'Follow things, change and stop subscriptions.',
  feedback: 'Write feedback below articles.',
  administration: 'What administrators do: scan a source now, read why scans failed.',
};

/** A secret with which a program acts for an account. Only its hash is kept. */
export type ApiToken = {
  readonly id: ApiTokenId;
  readonly accountId: AccountId;
  /** What its owner calls it. */
  readonly name: string;
  /** How the secret begins, so that its owner recognises it. */
  readonly hint: string;
  readonly scopes: readonly ApiScope[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** To the hour; null: never. */
  readonly usedAt: Instant | null;
  readonly revokedAt: Instant | null;
};

/** The rows of tokens. */
export type ApiTokenStore = {
  insertApiToken(
    token: Omit<ApiToken, 'id' | 'usedAt' | 'revokedAt'> & { readonly tokenHash: string },
  ): Promise<ApiToken>;
  findApiToken(tokenHash: string): Promise<ApiToken | null>;
  /** Newest first, with those that do not work any more. */
  listApiTokens(accountId: AccountId): Promise<ApiToken[]>;
  noteUse(id: ApiTokenId, usedAt: Instant): Promise<void>;
  /** Only the account's own; false: there is none, or it was revoked before. */
  revokeApiToken(accountId: AccountId, id: ApiTokenId, now: Instant): Promise<boolean>;
  /** All that work; returns how many. */
  revokeApiTokens(accountId: AccountId, now: Instant): Promise<number>;
  /** Removes those that have not worked since then; returns how many. */
  deleteEndedApiTokens(before: Instant): Promise<number>;
};

/** Tells whether the token still works. */
export function isLive(token: Pick<ApiToken, 'revokedAt' | 'expiresAt'>, now: Instant): boolean {
  return token.revokedAt === null && token.expiresAt > now;
}
