import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Secrets } from './secrets.ts';
import { type Token, type TokenPurpose, type TokenStore, tokenLifetimeMs } from './token.ts';

/** Makes a token that works once and keeps its hash; the secret itself is only returned. */
export async function issueToken(
  ports: { readonly tokens: TokenStore; readonly secrets: Secrets },
  request: {
    readonly purpose: TokenPurpose;
    readonly accountId: AccountId | null;
    readonly payload?: string;
    readonly now: Instant;
  },
): Promise<{ secret: string; expiresAt: Instant }> {
  const secret = ports.secrets.newSecret();
  const expiresAt = (request.now + tokenLifetimeMs[request.purpose]) as Instant; // an instant plus a span is one
  await ports.tokens.insertToken({
    tokenHash: ports.secrets.hashSecret(secret),
    purpose: request.purpose,
    accountId: request.accountId,
    payload: request.payload ?? '',
    createdAt: request.now,
    expiresAt,
    usedAt: null,
  });
  return { secret, expiresAt };
}

/** The token of the secret if it is of the purpose and still works. Looking does not use it up. */
export async function findLiveToken(
  ports: { readonly tokens: TokenStore; readonly secrets: Secrets },
  request: { readonly secret: string; readonly purpose: TokenPurpose; readonly now: Instant },
): Promise<Token | null> {
  const token = await ports.tokens.findToken(ports.secrets.hashSecret(request.secret));
  if (token === null || token.purpose !== request.purpose) return null;
  return token.usedAt === null && token.expiresAt > request.now ? token : null;
}

/** Uses the token up: of two uses at the same time one gets it, the other null. */
export async function useToken(
  ports: { readonly tokens: TokenStore; readonly secrets: Secrets },
  request: { readonly secret: string; readonly purpose: TokenPurpose; readonly now: Instant },
): Promise<Token | null> {
  const token = await findLiveToken(ports, request);
  if (token === null) return null;
  return (await ports.tokens.claimToken(token.tokenHash, request.now)) ? token : null;
}
