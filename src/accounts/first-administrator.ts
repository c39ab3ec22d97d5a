import type { Account } from './account.ts';
import { type BadAddress, parseAddress } from './address.ts';
import { issueToken, useToken } from './issue-token.ts';
import type { AccountPorts } from './ports.ts';
import { defaultDigestHour } from './sign-up.ts';
import { isTimeZone } from './time-zone.ts';

/**
 * A link that makes the first administrator; null when there is one. Every process that starts prints one of its own,
 * and all work until the first is used, because nobody knows which of several was printed last.
 */
export async function issueFirstAdministratorLink(
  ports: Pick<AccountPorts, 'accounts' | 'tokens' | 'secrets' | 'links' | 'clock'>,
): Promise<string | null> {
  const { administrators } = await ports.accounts.countAccounts();
  if (administrators > 0) return null;
  const token = await issueToken(ports, {
    purpose: 'first-administrator',
    accountId: null,
    now: ports.clock.now(),
  });
  return ports.links.firstAdministrator(token.secret);
}

/**
 * Uses that link: the address gets an account with all rights, at once, because whoever has the link runs the
 * program. Mail still goes there only when the address was proven, so the confirmation is mailed as to everybody.
 */
export async function makeFirstAdministrator(
  ports: Omit<AccountPorts, 'sessions' | 'passwords' | 'rateLimits' | 'digestTimes'>,
  request: { readonly secret: string; readonly address: string; readonly timeZone?: string },
): Promise<{ kind: 'made'; account: Account } | { kind: 'link-expired' } | BadAddress> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return parsed;
  const now = ports.clock.now();
  const token = await useToken(ports, { secret: request.secret, purpose: 'first-administrator', now });
  if (token === null) return { kind: 'link-expired' };
  await ports.tokens.deleteTokens({ purpose: 'first-administrator', accountId: null });
  const { administrators } = await ports.accounts.countAccounts();
  if (administrators > 0) return { kind: 'link-expired' };
  const timeZone = request.timeZone !== undefined && isTimeZone(request.timeZone) ? request.timeZone : 'UTC';
  const { account } = await ports.audit.recordAct(
    async () => {
      const made = await ports.accounts.insertAccount({
        address: parsed.address,
        addressKey: parsed.key,
        role: 'administrator',
        timeZone,
        digestHour: defaultDigestHour,
        unsubscribeSecret: ports.secrets.newSecret(),
        createdAt: now,
      });
      const found = made ?? (await ports.accounts.findAccountByKey(parsed.key));
      const changed = found && (await ports.accounts.changeRole(found.id, 'administrator'));
      if (changed?.kind !== 'changed') throw new Error('The account vanished while it was being made.');
      return { account: changed.account, from: made === null ? changed.before : 'none' };
    },
    (done) => ({
      actor: { kind: 'operator' },
      action: 'role.changed',
      subject: `account:${done.account.id}`,
      detail: { from: done.from, to: 'administrator', by: 'the link of the first start' },
    }),
  );
  if (account.confirmedAt === null) {
    const confirmation = await issueToken(ports, { purpose: 'confirm', accountId: account.id, now });
    await ports.mailer.queueNotice({
      accountId: account.id,
      address: account.address,
      notice: {
        kind: 'confirm-address',
        link: ports.links.confirm(confirmation.secret),
        expiresAt: confirmation.expiresAt,
      },
    });
  }
  return { kind: 'made', account };
}
