import type { AccountId, ApiTokenId, Instant } from '../../knowledge/ids.ts';
import { type Account, hasRole } from '../account.ts';
import type { AuditActor } from '../audit.ts';
import type { AccountPorts } from '../ports.ts';
import { type ApiScope, type ApiToken, apiScopes, isLive } from './api-token.ts';

type ApiTokenPorts = Pick<AccountPorts, 'accounts' | 'apiTokens' | 'secrets' | 'clock' | 'audit'>;

/** So that a leaked one is recognised by whoever scans for secrets. */
const prefix = 'kba_';
const hintLength = prefix.length + 6;
const maxLiveTokens = 50;
const maxTokenDays = 366;
const maxNameLength = 80;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Owners see for so long what has ended. */
const keptAfterEndMs = 30 * dayMs;

export type TokenRequest = {
  readonly name: string;
  readonly scopes: readonly string[];
  /** For how many days it works. */
  readonly days: number;
};

type CreateOutcome =
  /** The secret is kept nowhere: it is shown once. */
  | { readonly kind: 'created'; readonly secret: string; readonly token: ApiToken }
  | { readonly kind: 'refused'; readonly sentence: string };

/** All that can be done with tokens. */
export type ApiTokens = {
  createToken(account: Account, request: TokenRequest, actor: AuditActor): Promise<CreateOutcome>;
  /** Newest first; those that ended, for another 30 days. */
  listTokens(accountId: AccountId): Promise<ApiToken[]>;
  /** Ends one of the account's own at once. */
  revokeToken(accountId: AccountId, id: ApiTokenId, actor: AuditActor): Promise<boolean>;
  /** Whose the secret is; null: nobody's, or it does not work any more. Notes the use, to the hour. */
  recogniseToken(secret: string): Promise<{ token: ApiToken; account: Account } | null>;
  forgetEnded(): Promise<number>;
};

export function createApiTokens(ports: ApiTokenPorts): ApiTokens {
  const { apiTokens, accounts, secrets, clock, audit } = ports;
  return {
    async createToken(account, request, actor) {
      const now = clock.now();
      const scopes = apiScopes.filter((scope) => request.scopes.includes(scope));
      const sentence = findFault(account, request, scopes);
      if (sentence !== null) return { kind: 'refused', sentence };
      const live = (await apiTokens.listApiTokens(account.id)).filter((token) => isLive(token, now));
      if (live.length >= maxLiveTokens) {
        return {
          kind: 'refused',
          sentence: `An account has at most ${maxLiveTokens} tokens. Revoke one first.`,
        };
      }
      const secret = `${prefix}${secrets.newSecret()}`;
      const token = await audit.recordAct(
        () =>
          apiTokens.insertApiToken({
            accountId: account.id,
            name: cleanName(request.name),
            tokenHash: secrets.hashSecret(secret),
            hint: secret.slice(0, hintLength),
            scopes,
            createdAt: now,
            expiresAt: (now + request.days * dayMs) as Instant, // an instant plus a span is one
          }),
        ({ id }) => ({
          actor,
          action: 'api-token.made',
          subject: `api-token:${id}`,
          detail: { account: account.id, scopes: scopes.join(' '), days: request.days },
        }),
      );
      return { kind: 'created', secret, token };
    },
    listTokens: (accountId) => apiTokens.listApiTokens(accountId),
    revokeToken: (accountId, id, actor) =>
      audit.recordAct(
        () => apiTokens.revokeApiToken(accountId, id, clock.now()),
        (isRevoked) =>
          isRevoked
            ? {
                actor,
                action: 'api-token.revoked',
                subject: `api-token:${id}`,
                detail: { account: accountId },
              }
            : null,
      ),
    async recogniseToken(secret) {
      if (!secret.startsWith(prefix)) return null;
      const token = await apiTokens.findApiToken(secrets.hashSecret(secret));
      const now = clock.now();
      if (token === null || !isLive(token, now)) return null;
      const account = await accounts.findAccount(token.accountId);
      if (account === null || account.confirmedAt === null) return null;
      const usedAt = (now - (now % hourMs)) as Instant; // the hour that it is in
      if (token.usedAt !== usedAt) await apiTokens.noteUse(token.id, usedAt);
      return { token, account };
    },
    forgetEnded: () => apiTokens.deleteEndedApiTokens((clock.now() - keptAfterEndMs) as Instant), // an earlier one
  };
}

/** What the account may do with the token now: a role that was lost is lost to its tokens, too. */
export function mayUse(
  { token, account }: { readonly token: ApiToken; readonly account: Account },
  scope: ApiScope,
): boolean {
  if (!token.scopes.includes(scope)) return false;
  return scope !== 'administration' || hasRole(account, 'administrator');
}

function findFault(account: Account, request: TokenRequest, scopes: readonly ApiScope[]): string | null {
  if (account.confirmedAt === null) return 'Prove your address first; then tokens can be made.';
  if (cleanName(request.name) === '') return 'Give the token a name, so that you know it again.';
  const unknown = request.scopes.find((scope) => !scopes.some((known) => known === scope));
  if (unknown !== undefined) return `“${unknown}” is no scope. There are: ${apiScopes.join(', ')}.`;
  if (scopes.length === 0) return 'Choose at least one thing that the token may do.';
  if (scopes.includes('administration') && !hasRole(account, 'administrator')) {
    return 'Only administrators can make tokens for administration.';
  }
  if (!Number.isInteger(request.days) || request.days < 1 || request.days > maxTokenDays) {
    return `A token works for 1 to ${maxTokenDays} days.`;
  }
  return null;
}

function cleanName(name: string): string {
  return name.replace(/\p{C}/gu, ' ').trim().slice(0, maxNameLength);
}
