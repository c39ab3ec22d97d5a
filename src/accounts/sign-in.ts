import type { Account } from './account.ts';
import { type BadAddress, parseAddress } from './address.ts';
import { issueToken } from './issue-token.ts';
import type { AccountPorts } from './ports.ts';
import { mayAskAddress, mayCauseLetter } from './sign-up.ts';

/** Letters in a day that a network may cause to addresses that never confirmed: somebody else may have typed them. */
const strangersPerNetwork = 20;

/**
 * Mails a link that signs in, if the address has an account. The answer is the same if it has none; callers also
 * answer after the same time. `payload` comes back when the link is used.
 */
export async function requestSignInLink(
  ports: Omit<AccountPorts, 'sessions' | 'passwords' | 'digestTimes'>,
  request: { readonly address: string; readonly payload?: string; readonly network?: string },
): Promise<{ kind: 'mailed'; address: string } | BadAddress> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return parsed;
  const mailed = { kind: 'mailed', address: parsed.address } as const;
  if (!(await mayCauseLetter(ports, 'sign-in-letters', parsed.key))) return mailed;
  const account = await ports.accounts.findAccountByKey(parsed.key);
  if (account === null) return mailed;
  if (account.confirmedAt === null) {
    const by = { key: `network ${request.network ?? 'unknown'}`, limit: strangersPerNetwork };
    if (!(await mayAskAddress(ports, parsed.key, by))) return mailed;
  }
  const now = ports.clock.now();
  const payload = request.payload ?? '';
  const token = await issueToken(ports, { purpose: 'sign-in', accountId: account.id, payload, now });
  await ports.mailer.queueNotice({
    accountId: account.id,
    address: account.address,
    notice: { kind: 'sign-in', link: ports.links.signIn(token.secret), expiresAt: token.expiresAt },
  });
  return mailed;
}

/** A link that signs the account in once, for an operator who is asked for help: nothing is mailed. */
export async function createSignInLink(
  ports: Pick<AccountPorts, 'tokens' | 'secrets' | 'links' | 'clock'>,
  account: Account,
): Promise<string> {
  const now = ports.clock.now();
  const token = await issueToken(ports, { purpose: 'sign-in', accountId: account.id, now });
  return ports.links.signIn(token.secret);
}

/** Tries per address and quarter of an hour, right or wrong: what guessing through many networks is held to. */
const passwordTriesPerQuarter = 10;

/**
 * Checks address and password. Whether the address or the password is wrong, or there is no account, or it has no
 * password, the outcome is the same, and so is the work.
 */
export async function signInWithPassword(
  ports: Pick<AccountPorts, 'accounts' | 'passwords' | 'rateLimits' | 'clock'>,
  request: { readonly address: string; readonly password: string },
): Promise<
  | { kind: 'signed-in'; account: Account }
  | { kind: 'refused' }
  | { kind: 'limited'; retryAfterMs: number }
  | BadAddress
> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return parsed;
  const taken = await ports.rateLimits.takePermits({
    name: 'password-tries',
    key: parsed.key,
    limit: passwordTriesPerQuarter,
    windowMs: 900_000,
    now: ports.clock.now(),
  });
  if (taken.kind === 'limited') return taken;
  const account = await ports.accounts.findAccountByKey(parsed.key);
  const hash = account === null ? null : await ports.accounts.loadPasswordHash(account.id);
  const isRight = await ports.passwords.verifyPassword(request.password, hash);
  if (account === null || !isRight) return { kind: 'refused' };
  return { kind: 'signed-in', account };
}
