import type { AccountId } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import { endAccess } from './end-access.ts';
import { findPasswordFault } from './passwords.ts';
import type { AccountPorts } from './ports.ts';
import type { Session } from './session.ts';
import { isTimeZone } from './time-zone.ts';

type Ports = Pick<AccountPorts, 'accounts' | 'digestTimes' | 'clock'>;

/** When digests come: sets zone and local hour, and with them the time of the next digest. */
export async function setDigestTime(
  ports: Ports,
  account: Account,
  request: { readonly timeZone: string; readonly digestHour: number },
): Promise<{ kind: 'set'; account: Account } | { kind: 'refused'; sentence: string }> {
  const { timeZone, digestHour } = request;
  if (!isTimeZone(timeZone)) {
    return {
      kind: 'refused',
      sentence: `“${timeZone}” is no time zone that we know. Choose one such as Europe/Berlin.`,
    };
  }
  if (!Number.isInteger(digestHour) || digestHour < 0 || digestHour > 23) {
    return { kind: 'refused', sentence: 'The hour must be between 0 and 23.' };
  }
  const nextDigestAt = await findNextDigest(ports, { id: account.id, timeZone, digestHour });
  const updated = await ports.accounts.updateAccount(account.id, { timeZone, digestHour, nextDigestAt });
  return updated === null
    ? { kind: 'refused', sentence: 'This account was deleted.' }
    : { kind: 'set', account: updated };
}

/** Stops all digests until `resumeDigests`. What changes meanwhile is told then. Repeating it is no error. */
export function pauseDigests(ports: Pick<Ports, 'accounts'>, id: AccountId): Promise<Account | null> {
  return ports.accounts.updateAccount(id, { paused: true });
}

export async function resumeDigests(ports: Ports, account: Account): Promise<Account | null> {
  const nextDigestAt = await findNextDigest(ports, account);
  return ports.accounts.updateAccount(account.id, { paused: false, nextDigestAt });
}

/**
 * Lets the next digest be planned now instead of at its hour, if there is something to tell. The ledger's rules hold:
 * one for a local date, 20 hours between two.
 */
export function bringDigestForward(
  ports: Pick<Ports, 'accounts' | 'clock'>,
  id: AccountId,
): Promise<Account | null> {
  return ports.accounts.updateAccount(id, { nextDigestAt: ports.clock.now() });
}

async function findNextDigest(ports: Ports, account: Pick<Account, 'id' | 'timeZone' | 'digestHour'>) {
  const last = await ports.accounts.findLastDigest(account.id);
  const { timeZone, digestHour } = account;
  return ports.digestTimes.findNextDigestAt({ timeZone, digestHour, last, after: ports.clock.now() });
}

/**
 * Sets a password, or takes it away (null: signing in goes by mailed link only). All other sessions end, tokens of the
 * API unless they are to stay, and the owner gets a note by mail.
 */
export async function setPassword(
  ports: Pick<
    AccountPorts,
    'accounts' | 'sessions' | 'apiTokens' | 'passwords' | 'mailer' | 'audit' | 'clock'
  >,
  account: Account,
  request: {
    readonly password: string | null;
    readonly session: Session;
    readonly endsApiTokens: boolean;
  },
): Promise<{ kind: 'set' } | { kind: 'refused'; sentence: string }> {
  const { password, session, endsApiTokens } = request;
  const fault = password === null ? null : findPasswordFault(password, account.address);
  if (fault !== null) return { kind: 'refused', sentence: fault };
  const passwordHash = password === null ? null : await ports.passwords.hashPassword(password);
  await ports.audit.recordAct(
    async () => {
      await ports.accounts.updateAccount(account.id, { passwordHash });
      return endAccess(ports, account.id, { keep: session, endsApiTokens });
    },
    (detail) => ({
      actor: { kind: 'account', id: account.id },
      action: password === null ? 'password.removed' : 'password.set',
      subject: `account:${account.id}`,
      detail,
    }),
  );
  if (account.confirmedAt !== null) {
    const { id: accountId, address } = account;
    await ports.mailer.queueNotice({ accountId, address, notice: { kind: 'password-changed' } });
  }
  return { kind: 'set' };
}
