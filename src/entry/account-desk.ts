import type { Account } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { defaultThreshold } from '../alerts/subscription.ts';
import type { SubscriptionStore } from '../alerts/subscription-store.ts';
import { CommandError } from '../cli/command-error.ts';
import type { AccountDesk, AccountRow } from '../cli/workplace.ts';
import type { Clock } from '../knowledge/clock.ts';

const pageSize = 500;

/** What an operator does with accounts on the command line. Throws CommandError. */
export function createAccountDesk(parts: {
  readonly accounts: Accounts;
  readonly accountStore: AccountStore;
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
}): AccountDesk {
  const { accounts, accountStore, subscriptions, clock } = parts;

  const find = async (address: string): Promise<Account> => {
    const account = await accounts.findAccountByAddress(address);
    if (!account)
      throw new CommandError(`There is no account for ${address}. "kbalertz user list" shows all.`);
    return account;
  };
  const toRow = async (account: Account): Promise<AccountRow> => ({
    address: account.address,
    role: account.role,
    isConfirmed: account.confirmedAt !== null,
    isPaused: account.paused,
    timeZone: account.timeZone,
    digestHour: account.digestHour,
    subscriptions: (await subscriptions.listSubscriptions(account.id)).length,
    createdAt: account.createdAt,
  });

  return {
    async list() {
      const rows: AccountRow[] = [];
      for (let after: Account['id'] | null = null; ; ) {
        const page: Account[] = await accounts.listAccounts({ limit: pageSize, after });
        for (const account of page) rows.push(await toRow(account));
        after = page.at(-1)?.id ?? null;
        if (page.length < pageSize) return rows;
      }
    },
    async find(address) {
      const account = await accounts.findAccountByAddress(address);
      return account && toRow(account);
    },
    async subscribe({ address, technologyId, isVouchedFor }) {
      const isNewAccount = (await accounts.findAccountByAddress(address)) === null;
      const outcome = isVouchedFor
        ? await accounts.vouchForAccount({ address })
        : isNewAccount && (await accounts.signUp({ address }));
      if (outcome && outcome.kind === 'bad-address') throw new CommandError(outcome.sentence, 2);
      const account = await find(address);
      const followed = await subscriptions.follow({
        accountId: account.id,
        followed: { kind: 'technology', technologyId },
        threshold: defaultThreshold,
        now: clock.now(),
      });
      if (followed.kind === 'too-many') {
        throw new CommandError(
          `${address} follows ${followed.limit} things already, which is the most that an account can.`,
        );
      }
      return { isNewAccount, isConfirmed: account.confirmedAt !== null };
    },
    async setRole(address, role) {
      const outcome = await accounts.setRole((await find(address)).id, role, { kind: 'operator' });
      if (outcome.kind === 'last-administrator') {
        throw new CommandError(`${address} is the last administrator and stays one. Make another one first.`);
      }
    },
    createSignInLink: async (address) => accounts.createSignInLink(await find(address)),
    signOut: async (address) =>
      accounts.signOutEverywhere(
        (await find(address)).id,
        { keep: null, endsApiTokens: true },
        { kind: 'operator' },
      ),
    forgetPasskeys: async (address) => accounts.forgetPasskeys(await find(address), { kind: 'operator' }),
    async exportEverything(address) {
      const record = await accountStore.loadAccountRecord((await find(address)).id);
      if (record === null) throw new CommandError(`The account of ${address} was removed in the meantime.`);
      return record;
    },
    async remove(address) {
      const outcome = await accounts.deleteAccount(await find(address), { kind: 'operator' });
      if (outcome.kind === 'last-administrator') {
        throw new CommandError(`${address} is the last administrator and was kept. Make another one first.`);
      }
    },
  };
}
