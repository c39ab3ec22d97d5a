import type { Instant } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import { parseAddress } from './address.ts';
import { issueToken } from './issue-token.ts';
import type { AccountPorts } from './ports.ts';
import { mayAskAddress } from './sign-up.ts';

/** Why nothing is mailed to an address, and since when. */
export type SuppressedAddress = {
  /** `hard-bounce`, `soft-bounces`, `complaint`; anything else was decided by an administrator. */
  readonly reason: string;
  readonly createdAt: Instant;
  /** When it ends by itself; absent or null: never. */
  readonly expiresAt?: Instant | null;
};

/** The addresses that must not be mailed, by their keys. */
export type SuppressedAddresses = {
  findSuppression(addressKey: string): Promise<SuppressedAddress | null>;
  /** Tells whether there was one. */
  lift(addressKey: string): Promise<boolean>;
  /** Lifts one that came from bounces, not from a complaint or by hand. Tells whether there was one. */
  liftBounces(addressKey: string): Promise<boolean>;
};

/** What an owner may undo: returned mail, and a complaint that was the owner's own. */
const reasonsToUndo = ['hard-bounce', 'soft-bounces', 'complaint'];

export async function findSuppressedAddress(
  ports: Pick<AccountPorts, 'suppressions'>,
  account: Pick<Account, 'address'>,
): Promise<(SuppressedAddress & { readonly mayTryAgain: boolean }) | null> {
  const parsed = parseAddress(account.address);
  if (parsed.kind === 'bad-address') return null;
  const found = await ports.suppressions.findSuppression(parsed.key);
  return found && { ...found, mayTryAgain: reasonsToUndo.includes(found.reason) };
}

/**
 * Mails the account's address again because its owner, signed in, asks for it: the suppression is lifted and one letter
 * goes out, which brings the suppression back if it is returned, too. Once a day.
 */
export async function tryAddressAgain(
  ports: Omit<AccountPorts, 'sessions' | 'passwords' | 'digestTimes'>,
  account: Account,
): Promise<'tried' | 'not-suppressed' | 'not-yours-to-lift' | 'tried-today'> {
  const parsed = parseAddress(account.address);
  const suppressed = await findSuppressedAddress(ports, account);
  if (suppressed === null || parsed.kind === 'bad-address') return 'not-suppressed';
  if (!suppressed.mayTryAgain) return 'not-yours-to-lift';
  if (!(await mayAskAddress(ports, parsed.key))) return 'tried-today';
  if (!(await ports.suppressions.lift(parsed.key))) return 'not-suppressed';
  const isConfirmed = account.confirmedAt !== null;
  const purpose = isConfirmed ? 'sign-in' : 'confirm';
  const token = await issueToken(ports, { purpose, accountId: account.id, now: ports.clock.now() });
  const link = isConfirmed ? ports.links.signIn(token.secret) : ports.links.confirm(token.secret);
  await ports.mailer.queueNotice({
    accountId: account.id,
    address: account.address,
    notice: {
      kind: isConfirmed ? 'address-tried-again' : 'confirm-address',
      link,
      expiresAt: token.expiresAt,
    },
  });
  return 'tried';
}
