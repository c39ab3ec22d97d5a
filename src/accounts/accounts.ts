import type { AccountId } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import { parseAddress } from './address.ts';
import type { AuditActor } from './audit.ts';
import { changeAddress, requestAddressChange } from './change-address.ts';
import {
  bringDigestForward,
  pauseDigests,
  resumeDigests,
  setDigestTime,
  setPassword,
} from './change-settings.ts';
import { confirmAccount, isLinkLive, proveAddress } from './confirm-address.ts';
import { signOutEverywhere } from './end-access.ts';
import { issueFirstAdministratorLink, makeFirstAdministrator } from './first-administrator.ts';
import { deleteAccount, exportAccount, findAccountToUnsubscribe, forgetExpired } from './leave.ts';
import { forgetPasskeys } from './passkeys/forget-passkeys.ts';
import type { AccountPorts } from './ports.ts';
import { setRole } from './roles.ts';
import type { Session } from './session.ts';
import { createSignInLink, requestSignInLink, signInWithPassword } from './sign-in.ts';
import { endSession, resumeSession, startSession } from './sign-in-session.ts';
import { signUp } from './sign-up.ts';
import { findSuppressedAddress, tryAddressAgain } from './suppressed-address.ts';
import { vouchForAccount } from './vouch-for-account.ts';

/** All that can be done with accounts, on given ports. */
export type Accounts = ReturnType<typeof createAccounts>;

/** Binds the use cases of accounts to their ports; each is documented at its own function. */
export function createAccounts(ports: AccountPorts) {
  type Request<UseCase> = UseCase extends (ports: never, request: infer R) => unknown ? R : never;
  type Settings<UseCase> = UseCase extends (p: never, account: never, request: infer R) => unknown
    ? R
    : never;
  return {
    signUp: (request: Request<typeof signUp>) => signUp(ports, request),
    vouchForAccount: (request: Request<typeof vouchForAccount>) => vouchForAccount(ports, request),
    proveAddress: (request: Request<typeof proveAddress>) => proveAddress(ports, request),
    isLinkLive: (request: Request<typeof isLinkLive>) => isLinkLive(ports, request),
    confirmAccount: (account: Account) => confirmAccount(ports, account),
    requestSignInLink: (request: Request<typeof requestSignInLink>) => requestSignInLink(ports, request),
    createSignInLink: (account: Account) => createSignInLink(ports, account),
    signInWithPassword: (request: Request<typeof signInWithPassword>) => signInWithPassword(ports, request),
    startSession: (request: Request<typeof startSession>) => startSession(ports, request),
    resumeSession: (secret: string) => resumeSession(ports, secret),
    endSession: (secret: string) => endSession(ports, secret),
    signOutEverywhere: (
      id: AccountId,
      extent: { keep: Session | null; endsApiTokens: boolean },
      actor?: AuditActor,
    ) => signOutEverywhere(ports, id, extent, actor),
    endSessionOf: (id: AccountId, tokenHash: string) => ports.sessions.deleteSessionOf(id, tokenHash),
    listSessions: (id: AccountId) => ports.sessions.listSessions(id),
    setDigestTime: (account: Account, request: Settings<typeof setDigestTime>) =>
      setDigestTime(ports, account, request),
    bringDigestForward: (id: AccountId) => bringDigestForward(ports, id),
    pauseDigests: (id: AccountId) => pauseDigests(ports, id),
    resumeDigests: (account: Account) => resumeDigests(ports, account),
    setPassword: (account: Account, request: Settings<typeof setPassword>) =>
      setPassword(ports, account, request),
    requestAddressChange: (account: Account, request: Settings<typeof requestAddressChange>) =>
      requestAddressChange(ports, account, request),
    findSuppressedAddress: (account: Account) => findSuppressedAddress(ports, account),
    tryAddressAgain: (account: Account) => tryAddressAgain(ports, account),
    changeAddress: (secret: string) => changeAddress(ports, secret),
    issueFirstAdministratorLink: () => issueFirstAdministratorLink(ports),
    makeFirstAdministrator: (request: Request<typeof makeFirstAdministrator>) =>
      makeFirstAdministrator(ports, request),
    deleteAccount: (account: Account, actor?: AuditActor) => deleteAccount(ports, account, actor),
    exportAccount: (id: AccountId) => exportAccount(ports, id),
    findAccountToUnsubscribe: (secret: string) => findAccountToUnsubscribe(ports, secret),
    forgetExpired: () => forgetExpired(ports),
    setRole: (id: AccountId, role: Account['role'], actor: AuditActor) => setRole(ports, id, role, actor),
    forgetPasskeys: (account: Account, actor: AuditActor) => forgetPasskeys(ports, account, actor),
    findAccount: (id: AccountId) => ports.accounts.findAccount(id),
    findAccountByAddress: async (address: string) => {
      const parsed = parseAddress(address);
      return parsed.kind === 'address' ? ports.accounts.findAccountByKey(parsed.key) : null;
    },
    listAccounts: (page: Parameters<AccountPorts['accounts']['listAccounts']>[0]) =>
      ports.accounts.listAccounts(page),
    countAccounts: () => ports.accounts.countAccounts(),
  };
}
