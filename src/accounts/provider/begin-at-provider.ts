import { z } from 'zod';
import type { Account } from '../account.ts';
import { issueToken, useToken } from '../issue-token.ts';
import type { AccountPorts } from '../ports.ts';
import type { IdentityStore, Provider, ProviderChecks, ProviderFailure } from './identity.ts';

export type ProviderPorts = AccountPorts & {
  readonly provider: Provider;
  readonly identities: IdentityStore;
};

const kept = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string().nullable(),
});
/** What a sign-in that began at the provider comes back to. */
export type BegunSignIn = {
  readonly checks: ProviderChecks;
  /** Page to go on to. */
  readonly next: string | null;
  /** Set when the identity is to be added to this account instead of signing in. */
  readonly accountId: Account['id'] | null;
};

/**
 * Begins a sign-in, or for `account` the linking of an identity. `secret` goes into a cookie: only the browser that
 * began can come back (RFC 6749, 10.12), once, within a quarter of an hour.
 */
export async function beginAtProvider(
  ports: Pick<ProviderPorts, 'provider' | 'tokens' | 'secrets' | 'clock'>,
  request: { readonly account: Account | null; readonly next: string | null },
): Promise<{ kind: 'begun'; url: string; secret: string } | ProviderFailure> {
  const { secrets } = ports;
  const checks = { state: secrets.newSecret(), nonce: secrets.newSecret(), verifier: secrets.newSecret() };
  const begun = await ports.provider.begin(checks);
  if (begun.kind === 'failed') return begun;
  const { secret } = await issueToken(ports, {
    purpose: 'provider-sign-in',
    accountId: request.account?.id ?? null,
    payload: JSON.stringify({ ...checks, next: request.next }),
    now: ports.clock.now(),
  });
  return { kind: 'begun', url: begun.url, secret };
}

/** What was begun with the secret, which is used up; null when it was used, has run out or never was. */
export async function recallBegun(
  ports: Pick<ProviderPorts, 'tokens' | 'secrets' | 'clock'>,
  secret: string,
): Promise<BegunSignIn | null> {
  const now = ports.clock.now();
  const token = await useToken(ports, { secret, purpose: 'provider-sign-in', now });
  if (token === null) return null;
  const { next, ...checks } = kept.parse(JSON.parse(token.payload));
  return { checks, next, accountId: token.accountId };
}
