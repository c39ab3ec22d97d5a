import { type Kysely, sql } from 'kysely';
import type { AttemptEnd, LetterQueue } from '../alerts/letter-queue.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { columnList, domainList } from './value-lists.ts';

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

/**
 * sending → accepted | deferred | failed, all in one statement; returns how many were late: their lease is somebody
 * else's by now, and nothing changes for them.
 */
export async function endLetters(
  tx: Kysely<Schema>,
  request: {
    readonly kind: Database['kind'];
    readonly table: LetterTable;
    readonly ends: readonly AttemptEnd[];
  },
): Promise<number> {
  const { kind, ends } = request;
  const listed = columnList(kind, {
    letter_id: { type: 'bigint', values: ends.map(({ letter }) => letter.id) },
    attempt: { type: 'bigint', values: ends.map(({ letter }) => letter.attempt) },
    token: { type: 'text', values: ends.map(({ letter }) => letter.leaseToken) },
    outcome: { type: 'text', values: ends.map(({ outcome }) => outcome.kind) },
    trouble: {
      type: 'text',
      values: ends.map(({ outcome }) => (outcome.kind === 'accepted' ? null : outcome.response)),
    },
    over_at: {
      type: 'bigint',
      values: ends.map(({ outcome, endedAt }) => (outcome.kind === 'deferred' ? null : endedAt)),
    },
    next_at: {
      type: 'bigint',
      values: ends.map(({ outcome, endedAt }) =>
        outcome.kind === 'deferred' ? outcome.nextAttemptAt : endedAt,
      ),
    },
  });
  const { numAffectedRows } = await sql`
    update ${sql.table(request.table)} set state = outcome, lease_token = null, lease_until = null,
      problem = trouble, ended_at = over_at, next_attempt_at = next_at
    from ${listed} as listed
    where id = letter_id and state = 'sending' and lease_token = token and attempts = attempt`.execute(tx);
  return ends.length - Number(numAffectedRows ?? 0n);
}
