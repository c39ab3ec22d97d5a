import type { AccountId } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import { findLiveToken, useToken } from './issue-token.ts';
import type { AccountPorts } from './ports.ts';
import type { TokenPurpose } from './token.ts';

type Ports = Pick<AccountPorts, 'accounts' | 'tokens' | 'secrets' | 'digestTimes' | 'clock'>;

export type ProvenAddress = { kind: 'proven'; account: Account; payload: string; first: boolean };

/**
 * Uses the link of a confirmation or sign-in mail: whoever has it reads that mailbox, so both prove the address.
 * The first proof confirms the account and gives it the time of its first digest.
 */
export async function proveAddress(
  ports: Ports,
  request: { readonly secret: string; readonly purpose: 'confirm' | 'sign-in' },
): Promise<ProvenAddress | { kind: 'link-expired' }> {
  const now = ports.clock.now();
  const token = await useToken(ports, { ...request, now });
  if (token === null || token.accountId === null) return { kind: 'link-expired' };
  const account = await ports.accounts.findAccount(token.accountId);
  if (account === null) return { kind: 'link-expired' };
  if (account.confirmedAt !== null) return { kind: 'proven', account, payload: token.payload, first: false };
  const confirmed = await confirmAccount(ports, account);
  if (confirmed === null) return { kind: 'link-expired' };
  return { kind: 'proven', account: confirmed, payload: token.payload, first: true };
}

/** Tells whether the link still works, without using it up: mail scanners open links, too. */
export async function isLinkLive(
  ports: Pick<AccountPorts, 'tokens' | 'secrets' | 'clock'>,
  request: { readonly secret: string; readonly purpose: TokenPurpose },
): Promise<boolean> {
  return (await findLiveToken(ports, { ...request, now: ports.clock.now() })) !== null;
}

/** Marks the address as proven; operators who vouch for one call it directly. null when the account is gone. */
export async function confirmAccount(
  ports: Pick<AccountPorts, 'accounts' | 'digestTimes' | 'clock'>,
  account: { readonly id: AccountId; readonly timeZone: string; readonly digestHour: number },
): Promise<Account | null> {
  const now = ports.clock.now();
  const last = await ports.accounts.findLastDigest(account.id);
  const { timeZone, digestHour } = account;
  const nextDigestAt = ports.digestTimes.findNextDigestAt({ timeZone, digestHour, last, after: now });
  return ports.accounts.updateAccount(account.id, { confirmedAt: now, nextDigestAt });
}
