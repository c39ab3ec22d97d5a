import type { Account } from '../account.ts';
import { issueToken, useToken } from '../issue-token.ts';
import type { PasskeyPorts } from './add-passkey.ts';

type Ports = Omit<PasskeyPorts, 'mailer' | 'audit'>;

/** What the browser is asked, as JSON: any passkey of this site. Nothing is told of who has one. */
export async function askForPasskey(ports: Ports): Promise<object> {
  const now = ports.clock.now();
  const { secret } = await issueToken(ports, { purpose: 'passkey-sign-in', accountId: null, now });
  return ports.ceremonies.askForPasskey(secret);
}

/**
 * The account whose passkey answered. Refused alike are an unknown passkey, a bad signature, a challenge that is not
 * ours or was used, and a signature count that did not grow, as a copied authenticator's would not.
 */
export async function signInWithPasskey(
  ports: Ports,
  request: { readonly response: unknown },
): Promise<{ kind: 'signed-in'; account: Account } | { kind: 'refused' }> {
  const now = ports.clock.now();
  const verified = await ports.ceremonies.verifyPasskey({
    response: request.response,
    findPasskey: (credentialId) => ports.passkeys.findPasskey(credentialId),
    claimChallenge: async (secret) =>
      (await useToken(ports, { secret, purpose: 'passkey-sign-in', now })) !== null,
  });
  if (verified === null) return { kind: 'refused' };
  const { passkey, counter, isSynced } = verified;
  const isKept = await ports.passkeys.keepUse(passkey.credentialId, { counter, isSynced, usedAt: now });
  const account = isKept ? await ports.accounts.findAccount(passkey.accountId) : null;
  return account === null ? { kind: 'refused' } : { kind: 'signed-in', account };
}
