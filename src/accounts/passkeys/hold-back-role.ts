import { type Account, hasRole, type Role, roles } from '../account.ts';
import type { AccountPorts } from '../ports.ts';
import type { Session } from '../session.ts';

/** A role that counts only in a session that began with a passkey, which this one did not. */
export type HeldBackRole = {
  readonly role: Role;
  /** Whether the account has one to sign in with; else one is to be added first. */
  readonly hasPasskey: boolean;
};

/**
 * What the account may do in the session. Where its role asks for a passkey (`passkeyFrom`) and the session began
 * otherwise, it has the next lower role that asks for none: whoever reads a mailbox gets no more than that.
 */
export async function holdBackRole(
  ports: Pick<AccountPorts, 'passkeys' | 'passkeyFrom'>,
  account: Account,
  session: Session,
): Promise<{ readonly account: Account; readonly heldBack: HeldBackRole | null }> {
  const { passkeyFrom } = ports;
  if (passkeyFrom === null || session.method === 'passkey' || !hasRole(account, passkeyFrom)) {
    return { account, heldBack: null };
  }
  const hasPasskey = (await ports.passkeys.listPasskeys(account.id)).length > 0;
  const role = roles[roles.indexOf(passkeyFrom) - 1] ?? 'reader';
  return { account: { ...account, role }, heldBack: { role: account.role, hasPasskey } };
}
