import type { AccountId } from '../knowledge/ids.ts';
import type { Account, Role } from './account.ts';
import type { AuditActor } from './audit.ts';
import type { AccountPorts } from './ports.ts';

/** Gives the account a role. The last administrator can't lose theirs: nobody could give it back. */
export async function setRole(
  ports: Pick<AccountPorts, 'accounts' | 'audit'>,
  id: AccountId,
  role: Role,
  actor: AuditActor,
): Promise<{ kind: 'set'; account: Account } | { kind: 'last-administrator' } | { kind: 'no-account' }> {
  const account = await ports.accounts.findAccount(id);
  if (account === null) return { kind: 'no-account' };
  if (account.role === 'administrator' && role !== 'administrator') {
    if ((await ports.accounts.countAccounts()).administrators <= 1) return { kind: 'last-administrator' };
  }
  const updated = await ports.accounts.updateAccount(id, { role });
  if (updated === null) return { kind: 'no-account' };
  if (role !== account.role) {
    const detail = { from: account.role, to: role };
    await ports.audit.recordAudit({ actor, action: 'role.changed', subject: `account:${id}`, detail });
  }
  return { kind: 'set', account: updated };
}
