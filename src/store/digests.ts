import type { DigestLedger } from '../alerts/digest-ledger.ts';
import { asId } from '../knowledge/ids.ts';
import { isConstraintViolation } from './constraint-violation.ts';
import type { Database } from './database.ts';
import { claimDigests } from './digests-claim.ts';

/** What was told to whom; see DigestLedger for what each function answers. */
export function createDigestLedger({ kind, db }: Database): DigestLedger {
  return {
    // Small enough that a transaction holds up nobody who wants to write: with SQLite that is everybody.
    pace: kind === 'sqlite' ? { batch: 500, lanes: 1 } : { batch: 1000, lanes: 3 },

    async listDueAccounts(now) {
      const rows = await db
        .selectFrom('accounts')
        .select('id')
        .where('paused', '=', 0)
        .where('confirmed_at', 'is not', null)
        .where((eb) => eb.or([eb('next_digest_at', '<=', now), eb('next_digest_at', 'is', null)]))
        .orderBy('id')
        .execute();
      return rows.map((row) => asId(row.id));
    },

    async claimDigests(request) {
      try {
        const claims = await db.transaction().execute((tx) => claimDigests(kind, tx, request));
        return { kind: 'claimed', ...claims };
      } catch (error) {
        if (isConstraintViolation(error)) return { kind: 'already-claimed' };
        throw error;
      }
    },
  };
}
