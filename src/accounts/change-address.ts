import type { Account } from './account.ts';
import { type BadAddress, parseAddress } from './address.ts';
import { issueToken, useToken } from './issue-token.ts';
import type { AccountPorts } from './ports.ts';
import { mayAskAddress, mayCauseLetter, mayNameAddress, namedAddressesPerDay } from './sign-up.ts';

/**
 * Mails a link to the new address; the account keeps the old one until it is used. Same answer if it is taken. An
 * address that bounced is asked again by it, once a day, and one that complained is not.
 */
export async function requestAddressChange(
  ports: Omit<AccountPorts, 'sessions' | 'passwords' | 'digestTimes'>,
  account: Account,
  request: { readonly address: string },
): Promise<{ kind: 'mailed'; address: string } | BadAddress> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return parsed;
  if (parsed.address === account.address) {
    return { kind: 'bad-address', sentence: 'This is the address that the account has already.' };
  }
  const mailed = { kind: 'mailed', address: parsed.address } as const;
  if (!(await mayNameAddress(ports, account.id))) {
    return {
      kind: 'bad-address',
      sentence: `You named ${namedAddressesPerDay} addresses within a day, which is the most. The account keeps the one that it has; try again tomorrow.`,
    };
  }
  if (!(await mayCauseLetter(ports, 'change-letters', parsed.key))) return mailed;
  const owner = await ports.accounts.findAccountByKey(parsed.key);
  const suppressed = await ports.suppressions.findSuppression(parsed.key);
  const isProven = owner !== null && owner.confirmedAt !== null && suppressed === null;
  if (!isProven && !(await mayAskAddress(ports, parsed.key))) return mailed;
  const now = ports.clock.now();
  await ports.tokens.deleteTokens({ purpose: 'change-address', accountId: account.id });
  const payload = parsed.address;
  const token = await issueToken(ports, { purpose: 'change-address', accountId: account.id, payload, now });
  await ports.mailer.queueNotice({
    accountId: account.id,
    address: parsed.address,
    notice: {
      kind: 'confirm-new-address',
      link: ports.links.changeAddress(token.secret),
      expiresAt: token.expiresAt,
    },
  });
  return mailed;
}

/**
 * Uses the link that went to the new address: the account gets it, and the former one a note. Whoever has the link
 * reads that mailbox: bounces of it before count no more.
 */
export async function changeAddress(
  ports: Pick<
    AccountPorts,
    'accounts' | 'tokens' | 'secrets' | 'mailer' | 'suppressions' | 'audit' | 'clock'
  >,
  secret: string,
): Promise<{ kind: 'changed'; account: Account } | { kind: 'taken' } | { kind: 'link-expired' }> {
  const now = ports.clock.now();
  const token = await useToken(ports, { secret, purpose: 'change-address', now });
  const parsed = token === null ? null : parseAddress(token.payload);
  const before = token?.accountId == null ? null : await ports.accounts.findAccount(token.accountId);
  if (parsed === null || parsed.kind === 'bad-address' || before === null) return { kind: 'link-expired' };
  const { address, key } = parsed;
  const outcome = await ports.audit.recordAct(
    async () => {
      await ports.suppressions.liftBounces(key);
      return ports.accounts.updateAddress(before.id, { address, key, confirmedAt: now });
    },
    (done) =>
      done === 'updated'
        ? {
            actor: { kind: 'account', id: before.id },
            action: 'address.changed',
            subject: `account:${before.id}`,
          }
        : null,
  );
  if (outcome === 'taken') return { kind: 'taken' };
  const account = outcome === 'gone' ? null : await ports.accounts.findAccount(before.id);
  if (account === null) return { kind: 'link-expired' };
  if (before.confirmedAt !== null && before.address !== '') {
    await ports.mailer.queueNotice({
      accountId: before.id,
      address: before.address,
      notice: { kind: 'address-changed', newAddress: address },
    });
  }
  return { kind: 'changed', account };
}
