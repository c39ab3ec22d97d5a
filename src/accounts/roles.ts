import type { AccountId } from '../knowledge/ids.ts';
import type { Account, Role } from './account.ts';
import type { AccountPorts } from './ports.ts';

/** Gives the account a role. The last administrator can't lose theirs: nobody could give it back. */
export async function setRole(
  ports: Pick<AccountPorts, 'accounts'>,
  id: AccountId,
  role: Role,
): Promise<{ kind: 'set'; account: Account } | { kind: 'last-administrator' } | { kind: 'no-account' }> {
  const account = await ports.accounts.findAccount(id);
  if (account === null) return { kind: 'no-account' };
  if (account.role === 'administrator' && role !== 'administrator') {
    if ((await ports.accounts.countAccounts()).administrators <= 1) return { kind: 'last-administrator' };
  }
  const updated = await ports.accounts.updateAccount(id, { role });
  return updated === null ? { kind: 'no-account' } : { kind: 'set', account: updated };
}
