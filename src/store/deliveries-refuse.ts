import { type Kysely, sql } from 'kysely';
import type { Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { withdrawDigest } from './deliveries-withdraw.ts';
import type { Schema } from './schema.ts';

/** Why a delivery may not go: its whole account may get nothing, or this one channel can't be used. */
export type Refusal = { readonly problem: string; readonly scope: 'account' | 'channel' };

const waitMs = 60_000;

/**
 * Ends a claimed delivery that may not be sent (any more). One that nobody attempted takes its digest back, so that
 * its changes are told later, unless the digest reaches the reader by another channel or was attempted there.
 * `begun`: attempts that were made before this claim.
 */
export async function endRefused(
  { kind }: Pick<Database, 'kind'>,
  tx: Kysely<Schema>,
  request: {
    readonly row: { readonly id: number; readonly digest_id: number };
    readonly begun: number;
    readonly refusal: Refusal;
    readonly now: Instant;
  },
): Promise<void> {
  const { row, begun, refusal, now } = request;
  if (begun === 0) {
    const verdict = await judgeSiblings(kind, tx, row, refusal);
    if (verdict === 'busy') return putBack(tx, row.id, now);
    if (verdict === 'free' && (await withdrawDigest(tx, row.digest_id))) return;
  }
  await tx
    .updateTable('deliveries')
    .set({ state: 'failed', ended_at: now, problem: refusal.problem, attempts: begun })
    .set({ lease_token: null, lease_until: null })
    .where('id', '=', row.id)
    .execute();
}

/** `free`: nothing keeps the digest from being withdrawn. `busy`: another worker holds one of them just now. */
async function judgeSiblings(
  kind: Database['kind'],
  tx: Kysely<Schema>,
  row: { readonly id: number; readonly digest_id: number },
  refusal: Refusal,
): Promise<'free' | 'busy' | 'reached'> {
  const others = tx
    .selectFrom('deliveries')
    .select(['state', 'attempts'])
    .where('digest_id', '=', row.digest_id)
    .where('id', '<>', row.id);
  const seen = await others.execute();
  const held = kind === 'postgres' ? await others.forUpdate().skipLocked().execute() : seen;
  if (refusal.scope === 'channel' && seen.some(({ state }) => state !== 'failed' && state !== 'void')) {
    return 'reached';
  }
  if (seen.some(({ attempts }) => attempts > 0)) return 'reached';
  if (held.length < seen.length) return 'busy';
  return held.some(({ attempts }) => attempts > 0) ? 'reached' : 'free';
}

async function putBack(tx: Kysely<Schema>, id: number, now: Instant): Promise<void> {
  await sql`
    update deliveries set state = 'queued', attempts = 0, next_attempt_at = ${now + waitMs},
      lease_token = null, lease_until = null
    where id = ${id}`.execute(tx);
}
