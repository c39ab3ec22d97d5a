import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import type { AuditActor } from './audit.ts';
import type { AccountPorts } from './ports.ts';

/**
 * Deletes the account and everything known of it: no letter says so, because a letter would keep the address.
 * The last administrator must name another one first. `actor`: its owner unless told otherwise.
 */
export async function deleteAccount(
  ports: Pick<AccountPorts, 'accounts' | 'audit'>,
  account: Account,
  actor: AuditActor = { kind: 'account', id: account.id },
): Promise<{ kind: 'deleted' } | { kind: 'last-administrator' }> {
  const { id, role } = account;
  const outcome = await ports.audit.recordAct(
    () => ports.accounts.deleteAccount(id),
    (done) =>
      done === 'deleted'
        ? { actor, action: 'account.deleted', subject: `account:${id}`, detail: { role } }
        : null,
  );
  return { kind: outcome === 'last-administrator' ? 'last-administrator' : 'deleted' };
}

/** Everything that is kept about the account, for its owner, as one JSON text; null when there is no such account. */
export async function exportAccount(
  ports: Pick<AccountPorts, 'accounts' | 'clock'>,
  id: AccountId,
): Promise<string | null> {
  const record = await ports.accounts.loadAccountRecord(id);
  if (record === null) return null;
  const exportedAt = new Date(ports.clock.now()).toISOString();
  return `${JSON.stringify({ format: 'kbalertz-account-1', exportedAt, ...record }, null, 2)}\n`;
}

/** The account whose mails carry the secret: all that an unsubscribe link needs, without signing in. */
export function findAccountToUnsubscribe(
  ports: Pick<AccountPorts, 'accounts'>,
  secret: string,
): Promise<Account | null> {
  return ports.accounts.findAccountByUnsubscribeSecret(secret);
}

const unconfirmedForMs = 14 * 86_400_000;

/** Forgets what has run out: sessions, tokens, windows of rate limits, and addresses that were never confirmed. */
export async function forgetExpired(
  ports: Pick<AccountPorts, 'accounts' | 'sessions' | 'tokens' | 'rateLimits' | 'clock'>,
): Promise<{ sessions: number; tokens: number; accounts: number; rateLimits: number }> {
  const now = ports.clock.now();
  return {
    sessions: await ports.sessions.deleteExpiredSessions(now),
    tokens: await ports.tokens.deleteExpiredTokens(now),
    accounts: await ports.accounts.deleteUnconfirmedAccounts((now - unconfirmedForMs) as Instant), // an earlier instant
    rateLimits: await ports.rateLimits.deleteEndedWindows(now),
  };
}
