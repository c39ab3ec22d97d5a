import type { Clock } from '../knowledge/clock.ts';
import type { AccountId } from '../knowledge/ids.ts';
import type { Claims, DigestLedger } from './digest-ledger.ts';
import { createTurns } from './turns.ts';

export type PlanReport = Claims & {
  /** Accounts that another scheduler had claimed. */
  readonly alreadyClaimed: number;
  /** Zones that this program's calendar does not know; their accounts are on UTC. */
  readonly unknownTimeZones: readonly string[];
};

/**
 * Gives every account whose time has come its digest, if it has untold changes. May be run at any time, as often as
 * one likes, by any number of schedulers, and broken off anywhere: each batch of accounts is one transaction.
 */
export async function planDigests(parts: {
  readonly ledger: DigestLedger;
  readonly clock: Clock;
  /** Instead of the ledger's own pace. */
  readonly batch?: number;
  readonly lanes?: number;
  /** Awaited after each transaction, so that others have their turn; returns whether to go on. */
  readonly betweenBatches?: (soFar: Claims) => Promise<boolean>;
}): Promise<PlanReport> {
  const { ledger, clock, betweenBatches = async () => true } = parts;
  const { batch, lanes } = { ...ledger.pace, ...parts };
  const now = clock.now();
  const turns = createTurns(now);
  const due = await ledger.listDueAccounts(now);
  const tally = { accounts: 0, digests: 0, changes: 0, alreadyClaimed: 0 };

  const claim = async (accounts: readonly AccountId[]): Promise<void> => {
    const claimed = await ledger.claimDigests({ accounts, now, decide: turns.decide });
    if (claimed.kind === 'claimed') {
      tally.accounts += claimed.accounts;
      tally.digests += claimed.digests;
      tally.changes += claimed.changes;
    } else if (accounts.length === 1) {
      tally.alreadyClaimed += 1;
    } else {
      // One refused account must not cost the others their digest.
      const half = Math.ceil(accounts.length / 2);
      await claim(accounts.slice(0, half));
      await claim(accounts.slice(half));
    }
  };

  let start = 0;
  const runLane = async (): Promise<void> => {
    while (start < due.length) {
      const accounts = due.slice(start, start + batch);
      start += batch;
      await claim(accounts);
      if (!(await betweenBatches(tally))) start = due.length;
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return { ...tally, unknownTimeZones: turns.listUnknownTimeZones() };
}
