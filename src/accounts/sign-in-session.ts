import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import { type HeldBackRole, holdBackRole } from './passkeys/hold-back-role.ts';
import type { AccountPorts } from './ports.ts';
import type { Session, SignInMethod } from './session.ts';

type Ports = Pick<AccountPorts, 'accounts' | 'sessions' | 'secrets' | 'clock'>;

const dayMs = 86_400_000;
/** A session ends so long after it was last seen … */
const idleLifetimeMs = 14 * dayMs;
/** … and so long after it began, however often it is seen (NIST SP 800-63B-4, 2.1.3: no more than 30 days). */
export const sessionLifetimeMs = 30 * dayMs;
const touchEveryMs = dayMs;
/** So long after proving who they are the person counts as present: what could lock them out asks for it. */
const freshForMs = 10 * 60_000;

/** Starts a session; the returned secret goes into the cookie and is kept nowhere. */
export async function startSession(
  ports: Omit<Ports, 'accounts'>,
  request: {
    readonly accountId: AccountId;
    readonly userAgent: string;
    /** `link` unless told otherwise. */
    readonly method?: SignInMethod;
  },
): Promise<{ secret: string; expiresAt: Instant }> {
  const secret = ports.secrets.newSecret();
  const now = ports.clock.now();
  const expiresAt = endOf(now, now);
  await ports.sessions.insertSession({
    tokenHash: ports.secrets.hashSecret(secret),
    accountId: request.accountId,
    createdAt: now,
    seenAt: now,
    expiresAt,
    userAgent: request.userAgent.replace(/\p{C}/gu, ' ').slice(0, 300),
    provenAt: now,
    method: request.method ?? 'link',
  });
  return { secret, expiresAt };
}

function endOf(createdAt: Instant, seenAt: Instant): Instant {
  return Math.min(seenAt + idleLifetimeMs, createdAt + sessionLifetimeMs) as Instant; // the earlier of two instants
}

/** Who the cookie's secret belongs to, with the rights that they have in this session. Once a day it is noted as seen, which lets it live on until its last day. */
export async function resumeSession(
  ports: Ports & Pick<AccountPorts, 'passkeys' | 'passkeyFrom'>,
  secret: string,
): Promise<{
  account: Account;
  session: Session;
  isFresh: boolean;
  heldBack: HeldBackRole | null;
} | null> {
  const session = await ports.sessions.findSession(ports.secrets.hashSecret(secret));
  const now = ports.clock.now();
  if (session === null || session.expiresAt <= now) return null;
  const account = await ports.accounts.findAccount(session.accountId);
  if (account === null || account.kind === 'team') return null;
  if (now - session.seenAt >= touchEveryMs) {
    const expiresAt = endOf(session.createdAt, now);
    await ports.sessions.touchSession(session.tokenHash, { seenAt: now, expiresAt });
  }
  const rights = await holdBackRole(ports, account, session);
  // Who has a passkey proves with it to be present: else a mailbox would be enough to replace it.
  const isProven = rights.heldBack === null || !rights.heldBack.hasPasskey;
  return { ...rights, session, isFresh: isProven && now - session.provenAt < freshForMs };
}

/** Ends the session; ending one that has ended is no error. */
export async function endSession(
  ports: Pick<AccountPorts, 'sessions' | 'secrets'>,
  secret: string,
): Promise<void> {
  await ports.sessions.deleteSession(ports.secrets.hashSecret(secret));
}
