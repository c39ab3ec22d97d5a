import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { LastDigest } from './calendar.ts';

/** An account whose time has come, as the ledger sees it while it holds the account's row. */
export type DueAccount = {
  readonly id: AccountId;
  readonly timeZone: string;
  readonly digestHour: number;
  /** null: its next digest was not scheduled yet. */
  readonly nextDigestAt: Instant | null;
  readonly last: LastDigest | null;
  /**
   * An earlier digest of it was attempted and is neither accepted nor given up: nothing is piled on top of that. By
   * mail; where the account takes none, by every channel that it has.
   */
  readonly hasOpenDelivery: boolean;
  /** None of its channels takes a digest: mail is suppressed or not chosen, and there is no other. */
  readonly isUnreachable: boolean;
};

/** What is decided for a due account before its changes are looked at. */
export type Turn =
  /** If it has untold changes they become the digest of `localDate`; `nextAt` is then `afterDigestAt`. */
  | {
      readonly kind: 'consider';
      /** The account's own, unless the calendar does not know it. */
      readonly timeZone: string;
      readonly localDate: string;
      readonly nextAt: Instant;
      readonly afterDigestAt: Instant;
    }
  /** No digest now; its changes stay untold. */
  | { readonly kind: 'wait'; readonly nextAt: Instant };

export type Claims = {
  /** Accounts whose turn was decided and kept. */
  readonly accounts: number;
  readonly digests: number;
  /** How many changes these digests tell, each account's counted. */
  readonly changes: number;
};

/** Keeps which change was told to whom, in which digest. */
export type DigestLedger = {
  /** What suits it: accounts in one transaction, and how many transactions are under way at a time. */
  readonly pace: { readonly batch: number; readonly lanes: number };
  /** Confirmed accounts that are not paused and whose next digest is due or was never scheduled; ascending. */
  listDueAccounts(now: Instant): Promise<AccountId[]>;
  /**
   * In one transaction: locks those of the accounts that are still due and that no other scheduler holds, lets
   * `decide` give each its turn, writes a digest with its changes and a queued delivery for each that has any, and
   * keeps when its next one is due. `already-claimed`: a constraint refused one of them, and nothing was kept.
   */
  claimDigests(request: {
    readonly accounts: readonly AccountId[];
    readonly now: Instant;
    readonly decide: (account: DueAccount) => Turn;
  }): Promise<({ readonly kind: 'claimed' } & Claims) | { readonly kind: 'already-claimed' }>;
};
