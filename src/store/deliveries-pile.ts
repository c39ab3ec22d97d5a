import { type Kysely, sql } from 'kysely';
import type { Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { withdrawDigest } from './deliveries-withdraw.ts';
import type { Schema } from './schema.ts';

type PileRequest = {
  readonly kind: Database['kind'];
  readonly accountId: number;
  readonly digestId: number;
  /** Of the claim that this is part of: what it claimed has not begun yet. */
  readonly leaseToken: string;
  readonly now: Instant;
};

/**
 * After an outage several digests of an account may wait that nobody attempted. They are taken back, from the last one
 * to this one, and the account is due at once, so that one digest tells everything. Stops at one that is on its way.
 * Returns the digests that are gone.
 */
export async function withdrawPile(tx: Kysely<Schema>, request: PileRequest): Promise<number[]> {
  const { accountId, digestId, now } = request;
  const { rows } = await sql<{ id: number }>`
    select d.id from digests d where d.account_id = ${accountId}
      and d.planned_at >= (select planned_at from digests where id = ${digestId})
    order by d.planned_at desc`.execute(tx);
  const gone: number[] = [];
  for (const { id } of rows) {
    if (!(await isUntouched(tx, id, request)) || !(await withdrawDigest(tx, id))) break;
    gone.push(id);
  }
  if (gone.includes(digestId)) {
    await tx.updateTable('accounts').set({ next_digest_at: now }).where('id', '=', accountId).execute();
  }
  return gone;
}

/** Locks its deliveries; one that another worker holds is on its way. */
async function isUntouched(
  tx: Kysely<Schema>,
  digestId: number,
  { kind, leaseToken }: PileRequest,
): Promise<boolean> {
  const all = await sql`select id from deliveries where digest_id = ${digestId}`.execute(tx);
  const { rows } = await sql<{ attempts: number; state: string; lease_token: string | null }>`
    select attempts, state, lease_token from deliveries where digest_id = ${digestId}
    ${sql.raw(kind === 'postgres' ? 'for update skip locked' : '')}`.execute(tx);
  return (
    rows.length === all.rows.length &&
    rows.every(
      (row) =>
        (row.attempts === 0 && row.state === 'queued') ||
        (row.attempts === 1 && row.lease_token === leaseToken),
    )
  );
}
