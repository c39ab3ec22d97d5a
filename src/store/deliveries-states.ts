import { type Kysely, sql } from 'kysely';
import type { AttemptEnd, LetterQueue } from '../alerts/letter-queue.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { domainList } from './value-lists.ts';

/** Both have the same columns for the way of a letter. */
type LetterTable = 'deliveries' | 'notices';

export type ClaimRequest = Parameters<LetterQueue['claimLetters']>[0];
export type ClaimedRow = { id: number; address: string; message_id: string; attempts: number };

/**
 * queued | deferred | sending with a lease that ran out → sending. Index and query know one instant only: that of the
 * next attempt, which is the end of the lease while one is under way. Deliveries without a message are not written yet.
 */
export async function claimRows(
  tx: Kysely<Schema>,
  request: ClaimRequest & { readonly kind: Database['kind']; readonly table: LetterTable },
): Promise<ClaimedRow[]> {
  const { kind, now, limit, leaseToken, leaseMs, exceptDomains = [] } = request;
  const table = sql.table(request.table);
  // People wait for notices, which are few: pauses are for digests.
  const isOpen =
    request.table === 'notices'
      ? sql`1 = 1`
      : sql`channel = 'mail' and (domain is null or domain not in (select p.domain from paused_domains p where p.paused_until > ${now}
          union all select d.domain from ${domainList(kind, exceptDomains)} d))`;
  const { rows } = await sql<ClaimedRow>`
    update ${table} set state = 'sending', attempts = attempts + 1, lease_token = ${leaseToken},
      lease_until = ${now + leaseMs}, next_attempt_at = ${now + leaseMs}
    where id in (
      select id from ${table}
      where state in ('queued', 'sending', 'deferred') and next_attempt_at <= ${now} and message_id is not null
        and ${isOpen}
      order by next_attempt_at, id limit ${limit} ${sql.raw(kind === 'postgres' ? 'for update skip locked' : '')})
    returning id, address, message_id, attempts`.execute(tx);
  return rows.sort((a, b) => a.id - b.id);
}

/** sending → accepted | deferred | failed; false when the lease is somebody else's by now. */
export async function endAttempt(tx: Kysely<Schema>, table: LetterTable, end: AttemptEnd): Promise<boolean> {
  const { letter, outcome, endedAt } = end;
  const isDeferred = outcome.kind === 'deferred';
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set state = ${outcome.kind}, lease_token = null, lease_until = null,
      problem = ${outcome.kind === 'accepted' ? null : outcome.response},
      ended_at = ${isDeferred ? null : endedAt},
      next_attempt_at = ${isDeferred ? outcome.nextAttemptAt : endedAt}
    where id = ${letter.id} and state = 'sending' and lease_token = ${letter.leaseToken}
      and attempts = ${letter.attempt}`.execute(tx);
  return Number(numAffectedRows ?? 0n) === 1;
}
