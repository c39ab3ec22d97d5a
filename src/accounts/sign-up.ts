import type { AccountId } from '../knowledge/ids.ts';
import type { Account } from './account.ts';
import { type Address, type BadAddress, parseAddress } from './address.ts';
import { issueToken } from './issue-token.ts';
import type { AccountPorts } from './ports.ts';
import { isTimeZone } from './time-zone.ts';

type Ports = Omit<AccountPorts, 'sessions' | 'passwords' | 'digestTimes'>;

/** The hour at which digests come unless the account says otherwise: before work begins. */
export const defaultDigestHour = 7;
/** How many letters of one kind may be caused to one address in an hour, by whomever. */
const lettersPerHour = 4;

/**
 * Takes an address and mails it what proves it: to a new or unconfirmed one a link that confirms, to a confirmed one
 * a link that signs in. The answer is the same in all cases, so that nobody learns who has an account.
 *
 * `payload` comes back when the link is used (what the person wanted to follow, say). An unknown time zone is UTC.
 */
export async function signUp(
  ports: Ports,
  request: { readonly address: string; readonly timeZone?: string; readonly payload?: string },
): Promise<{ kind: 'mailed'; address: string } | BadAddress> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return parsed;
  const mailed = { kind: 'mailed', address: parsed.address } as const;
  if (!(await mayCauseLetter(ports, 'sign-up-letters', parsed.key))) return mailed;
  const known = await ports.accounts.findAccountByKey(parsed.key);
  if (!known?.confirmedAt && !(await mayAskAddress(ports, parsed.key))) return mailed;

  const account = known ?? (await insertReader(ports, parsed, request.timeZone));
  if (account === null) return mailed;
  const now = ports.clock.now();
  const payload = request.payload ?? '';
  const isConfirmed = account.confirmedAt !== null;
  const purpose = isConfirmed ? 'sign-in' : 'confirm';
  const token = await issueToken(ports, { purpose, accountId: account.id, payload, now });
  const link = isConfirmed ? ports.links.signIn(token.secret) : ports.links.confirm(token.secret);
  await ports.mailer.queueNotice({
    accountId: account.id,
    address: account.address,
    notice: { kind: isConfirmed ? 'already-signed-up' : 'confirm-address', link, expiresAt: token.expiresAt },
  });
  return mailed;
}

/** The account of the address, made as an unconfirmed reader's if there is none; null: it is a team's mailbox. */
export async function insertReader(
  ports: Pick<AccountPorts, 'accounts' | 'secrets' | 'clock'>,
  address: Address,
  timeZone: string | undefined,
): Promise<Account | null> {
  const inserted = await ports.accounts.insertAccount({
    address: address.address,
    addressKey: address.key,
    role: 'reader',
    timeZone: timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC',
    digestHour: defaultDigestHour,
    unsubscribeSecret: ports.secrets.newSecret(),
    createdAt: ports.clock.now(),
  });
  return inserted ?? ports.accounts.findAccountByKey(address.key);
}

/** Keeps anybody from filling another's mailbox; the answer stays the same when the letter is not sent. */
export async function mayCauseLetter(
  ports: Pick<AccountPorts, 'rateLimits' | 'clock'>,
  name: string,
  key: string,
): Promise<boolean> {
  const windowMs = 3_600_000;
  const now = ports.clock.now();
  const taken = await ports.rateLimits.takePermits({ name, key, limit: lettersPerHour, windowMs, now });
  return taken.kind === 'granted';
}

/**
 * Whether an address that did not ask for mail before may be asked now: once a day, by whomever and for whatever, so
 * that nobody can be bombed through us. `by`: who causes it, a network or an account; each causes so many letters to
 * different strangers in a day, so that nobody can bomb many.
 */
export async function mayAskAddress(
  ports: Pick<AccountPorts, 'rateLimits' | 'clock'>,
  key: string,
  by?: { readonly key: string; readonly limit: number },
): Promise<boolean> {
  const window = { windowMs: 86_400_000, now: ports.clock.now() };
  if (by !== undefined) {
    const caused = await ports.rateLimits.takePermits({ name: 'asked-by', ...by, ...window });
    if (caused.kind === 'limited') return false;
  }
  const taken = await ports.rateLimits.takePermits({ name: 'asked-addresses', key, limit: 1, ...window });
  return taken.kind === 'granted';
}

/** Addresses that an account, of a person or of a team, may name in a day: each gets a letter, and may be a stranger's. */
export const namedAddressesPerDay = 5;

/** Whether the account may name another address today. */
export async function mayNameAddress(
  ports: Pick<AccountPorts, 'rateLimits' | 'clock'>,
  accountId: AccountId,
): Promise<boolean> {
  const limit = { name: 'address-changes', key: String(accountId), limit: namedAddressesPerDay };
  const taken = await ports.rateLimits.takePermits({
    ...limit,
    windowMs: 86_400_000,
    now: ports.clock.now(),
  });
  return taken.kind === 'granted';
}
