import type { AccountId } from '../knowledge/ids.ts';
import type { AuditActor } from './audit.ts';
import type { AccountPorts } from './ports.ts';
import type { Session } from './session.ts';

type Ports = Pick<AccountPorts, 'sessions' | 'apiTokens' | 'clock'>;

/** How many of each ended. */
export type EndedAccess = { readonly sessions: number; readonly apiTokens: number };

type Extent = {
  /** The session that stays; null: none. */
  readonly keep: Session | null;
  /** Whether the tokens of programs are revoked, too. */
  readonly endsApiTokens: boolean;
};

/** Ends what else acts for the account. A part of a larger act, which records it. */
export async function endAccess(
  ports: Ports,
  id: AccountId,
  { keep, endsApiTokens }: Extent,
): Promise<EndedAccess> {
  const sessions = await ports.sessions.deleteSessions(id, keep?.tokenHash ?? null);
  const apiTokens = endsApiTokens ? await ports.apiTokens.revokeApiTokens(id, ports.clock.now()) : 0;
  return { sessions, apiTokens };
}

/** Signs the account out everywhere, but in the session to keep. `actor`: its owner unless told otherwise. */
export function signOutEverywhere(
  ports: Ports & Pick<AccountPorts, 'audit'>,
  id: AccountId,
  extent: Extent,
  actor: AuditActor = { kind: 'account', id },
): Promise<EndedAccess> {
  return ports.audit.recordAct(
    () => endAccess(ports, id, extent),
    (detail) => ({ actor, action: 'access.ended', subject: `account:${id}`, detail }),
  );
}
