import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Account, Role } from './account.ts';

export type NewAccount = {
  readonly address: string;
  readonly addressKey: string;
  readonly role: Role;
  readonly timeZone: string;
  readonly digestHour: number;
  readonly unsubscribeSecret: string;
  readonly createdAt: Instant;
};

/** What may be set on an account; what is left out stays. */
export type AccountSettings = {
  readonly confirmedAt?: Instant;
  readonly passwordHash?: string | null;
  readonly timeZone?: string;
  readonly digestHour?: number;
  readonly paused?: boolean;
  readonly nextDigestAt?: Instant;
};

/** The rows of accounts. */
export type AccountStore = {
  findAccount(id: AccountId): Promise<Account | null>;
  /** People only: a team's mailbox signs nobody in. */
  findAccountByKey(addressKey: string): Promise<Account | null>;
  findAccountByUnsubscribeSecret(secret: string): Promise<Account | null>;
  /** null when the address has an account already. */
  insertAccount(account: NewAccount): Promise<Account | null>;
  /** Of two who would leave no administrator at the same time, one is refused. */
  changeRole(
    id: AccountId,
    role: Role,
  ): Promise<
    | { readonly kind: 'changed'; readonly account: Account; readonly before: Role }
    | { readonly kind: 'last-administrator' }
    | { readonly kind: 'gone' }
  >;
  /** The account as it is then; null when there is none. */
  updateAccount(id: AccountId, settings: AccountSettings): Promise<Account | null>;
  /** `taken` when another account has the address. */
  updateAddress(
    id: AccountId,
    address: { readonly address: string; readonly key: string; readonly confirmedAt: Instant },
  ): Promise<'updated' | 'taken' | 'gone'>;
  loadPasswordHash(id: AccountId): Promise<string | null>;
  findLastDigest(id: AccountId): Promise<LastDigest | null>;
  /** Removes the account and all rows that belong to it, unless it is the last administrator's. */
  deleteAccount(id: AccountId): Promise<'deleted' | 'last-administrator' | 'gone'>;
  /** People, ordered by id; `containing` filters by a part of the address. */
  listAccounts(page: {
    readonly limit: number;
    readonly after: AccountId | null;
    readonly containing?: string;
  }): Promise<Account[]>;
  countAccounts(): Promise<{
    confirmed: number;
    unconfirmed: number;
    paused: number;
    administrators: number;
  }>;
  /** Everything that is kept about the account, for its owner; secrets and hashes left out. */
  loadAccountRecord(id: AccountId): Promise<Readonly<Record<string, unknown>> | null>;
  /** Removes accounts that were never confirmed and were made before; returns how many. */
  deleteUnconfirmedAccounts(createdBefore: Instant): Promise<number>;
};

/** When the account's last digest was planned, and the local date (`YYYY-MM-DD`) that it took. */
export type LastDigest = { readonly plannedAt: Instant; readonly localDate: string };

/** When an account's next digest may be planned, not before `after`: the alerts' calendar answers it. */
export type DigestTimes = {
  findNextDigestAt(request: {
    readonly timeZone: string;
    readonly digestHour: number;
    readonly after: Instant;
    readonly last: LastDigest | null;
  }): Instant;
};
