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
  const outcome = await ports.audit.recordAct(
    () => ports.accounts.changeRole(id, role),
    (done) =>
      done.kind === 'changed' && done.before !== role
        ? { actor, action: 'role.changed', subject: `account:${id}`, detail: { from: done.before, to: role } }
        : null,
  );
  if (outcome.kind === 'changed') return { kind: 'set', account: outcome.account };
  return outcome.kind === 'gone' ? { kind: 'no-account' } : outcome;
}
