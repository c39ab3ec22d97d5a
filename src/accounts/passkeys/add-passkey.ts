import type { Account } from '../account.ts';
import type { AuditEntry } from '../audit.ts';
import { issueToken, useToken } from '../issue-token.ts';
import type { AccountPorts } from '../ports.ts';
import type { Passkey, PasskeyCeremonies } from './passkey.ts';

export type PasskeyPorts = Pick<
  AccountPorts,
  'accounts' | 'passkeys' | 'tokens' | 'secrets' | 'mailer' | 'audit' | 'clock'
> & { readonly ceremonies: PasskeyCeremonies };

const maxPasskeys = 20;
const maxNameLength = 60;

/** What the browser is asked, as JSON. The challenge works once, for this account, for ten minutes. */
export async function askForNewPasskey(ports: PasskeyPorts, account: Account): Promise<object> {
  const existing = await ports.passkeys.listPasskeys(account.id);
  const now = ports.clock.now();
  // A new handle where there is none yet; it comes back with the answer only as what the authenticator keeps.
  const userHandle = existing[0]?.userHandle ?? ports.secrets.newSecret();
  const { secret } = await issueToken(ports, {
    purpose: 'passkey-registration',
    accountId: account.id,
    payload: userHandle,
    now,
  });
  return ports.ceremonies.askForNewPasskey({
    challenge: secret,
    userHandle,
    address: account.address,
    existing,
  });
}

/** Keeps the passkey that the browser made, and tells its owner by mail. */
export async function addPasskey(
  ports: PasskeyPorts,
  account: Account,
  request: { readonly response: unknown; readonly name: string },
): Promise<{ kind: 'added'; passkey: Passkey } | { kind: 'refused'; sentence: string }> {
  const now = ports.clock.now();
  let userHandle: string | null = null;
  const made = await ports.ceremonies.verifyNewPasskey({
    response: request.response,
    claimChallenge: async (secret) => {
      const token = await useToken(ports, { secret, purpose: 'passkey-registration', now });
      if (token === null || token.accountId !== account.id) return false;
      userHandle = token.payload;
      return true;
    },
  });
  if (made === null || userHandle === null) {
    return {
      kind: 'refused',
      sentence:
        'The answer of your browser could not be verified, or came too late. Begin again with the button.',
    };
  }
  const known = await ports.passkeys.listPasskeys(account.id);
  if (known.length >= maxPasskeys) {
    return { kind: 'refused', sentence: `An account has at most ${maxPasskeys} passkeys. Remove one first.` };
  }
  const name = request.name.trim().slice(0, maxNameLength) || `Passkey ${known.length + 1}`;
  const passkey = { ...made, accountId: account.id, userHandle, name, createdAt: now, usedAt: null };
  const isAdded = await ports.audit.recordAct(
    () => ports.passkeys.insertPasskey(passkey),
    (done) => (done ? tellChange(account, 'passkey.added') : null),
  );
  if (!isAdded) return { kind: 'refused', sentence: 'This passkey is registered already.' };
  await tellOwner(ports, account, `The passkey “${name}” was added: whoever has it can sign in.`);
  return { kind: 'added', passkey };
}

/** The other ways to sign in stay: the mailed link always works. */
export async function removePasskey(
  ports: Pick<PasskeyPorts, 'passkeys' | 'mailer' | 'audit'>,
  account: Account,
  credentialId: string,
): Promise<{ kind: 'removed'; passkey: Passkey } | { kind: 'not-found' }> {
  const passkey = await ports.audit.recordAct(
    () => ports.passkeys.deletePasskey(account.id, credentialId),
    (removed) => (removed === null ? null : tellChange(account, 'passkey.removed')),
  );
  if (passkey === null) return { kind: 'not-found' };
  await tellOwner(ports, account, `The passkey “${passkey.name}” was removed: it does not sign in any more.`);
  return { kind: 'removed', passkey };
}

function tellChange({ id }: Account, action: 'passkey.added' | 'passkey.removed'): AuditEntry {
  return { actor: { kind: 'account', id }, action, subject: `account:${id}` };
}

async function tellOwner(
  ports: Pick<PasskeyPorts, 'mailer'>,
  { id: accountId, address, confirmedAt }: Account,
  what: string,
): Promise<void> {
  if (confirmedAt === null) return;
  await ports.mailer.queueNotice({ accountId, address, notice: { kind: 'sign-in-method-changed', what } });
}
