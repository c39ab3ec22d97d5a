import type { Account } from '../account.ts';
import type { AuditActor } from '../audit.ts';
import type { AccountPorts } from '../ports.ts';

/** Removes all passkeys of somebody who lost them, and tells them by mail. Returns how many there were. */
export async function forgetPasskeys(
  ports: Pick<AccountPorts, 'passkeys' | 'mailer' | 'audit'>,
  { id: accountId, address, confirmedAt }: Account,
  actor: AuditActor,
): Promise<number> {
  const removed = await ports.audit.recordAct(
    () => ports.passkeys.deletePasskeys(accountId),
    (count) =>
      count === 0
        ? null
        : { actor, action: 'passkey.removed', subject: `account:${accountId}`, detail: { passkeys: count } },
  );
  if (removed > 0 && confirmedAt !== null) {
    const what = 'All your passkeys were removed by whoever runs the site: none signs you in any more.';
    await ports.mailer.queueNotice({ accountId, address, notice: { kind: 'sign-in-method-changed', what } });
  }
  return removed;
}
