import { type Kysely, sql } from 'kysely';
import type { DigestDesk, UnwrittenDigest } from '../alerts/digest-desk.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { packMessage } from './deliveries-message.ts';
import { endRefused } from './deliveries-refuse.ts';
import { loadDigestMaterial } from './digests-material.ts';
import type { Schema } from './schema.ts';

/** Digests between planning and their first attempt; see DigestDesk for what each function answers. */
export function createDigestDesk(database: Database): DigestDesk {
  const { db } = database;
  return {
    async claimUnwritten(request) {
      const claimed = await claimUnwritten(database, request);
      const digests: UnwrittenDigest[] = [];
      for (const { id, digest_id } of claimed) {
        const material = await loadDigestMaterial(db, asId(digest_id));
        if (material) digests.push({ deliveryId: asId(id), leaseToken: request.leaseToken, material });
      }
      return digests;
    },

    keepMessage: ({ deliveryId, leaseToken }, message) =>
      db.transaction().execute(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('deliveries')
          .set({ message_id: message.messageId, address: message.address, subject: message.subject })
          .set({ domain: message.address.slice(message.address.lastIndexOf('@') + 1) })
          .set({ lease_token: null, lease_until: null })
          .where('id', '=', deliveryId)
          .where('lease_token', '=', leaseToken)
          .where('message_id', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await tx
          .insertInto('delivery_messages')
          .values({ delivery_id: deliveryId, content: packMessage(message.content) })
          .execute();
        return true;
      }),

    async voidDelivery({ deliveryId, leaseToken }, now) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'void', ended_at: now, lease_token: null, lease_until: null })
        .where('id', '=', deliveryId)
        .where('lease_token', '=', leaseToken)
        .where('message_id', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

type ClaimRequest = Parameters<DigestDesk['claimUnwritten']>[0];
type ClaimedDelivery = { id: number; digest_id: number };

function claimUnwritten(
  database: Database,
  { now, limit, leaseMs, leaseToken }: ClaimRequest,
): Promise<ClaimedDelivery[]> {
  const { kind, db } = database;
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<ClaimedDelivery>`
      update deliveries set lease_token = ${leaseToken}, lease_until = ${now + leaseMs} where id in (
        select id from deliveries
        where state in ('queued', 'sending', 'deferred') and next_attempt_at <= ${now} and message_id is null
          and channel = 'mail' and (lease_until is null or lease_until <= ${now})
        order by next_attempt_at, id limit ${limit} ${sql.raw(kind === 'postgres' ? 'for update skip locked' : '')})
      returning id, digest_id`.execute(tx);
    const refused = await findRefused(tx, rows);
    for (const row of refused) {
      const scope = row.isOfAccount ? 'account' : 'channel';
      const refusal = { scope, problem: 'The account may not be mailed.' } as const;
      await endRefused(database, tx, { row, begun: 0, refusal, now });
    }
    const gone = new Set(refused.map((row) => row.id));
    return rows.filter((row) => !gone.has(row.id)).sort((a, b) => a.id - b.id);
  });
}

/** Those whose account may not be mailed by now; `isOfAccount`: nor told in any other way. */
async function findRefused(
  tx: Kysely<Schema>,
  claimed: readonly ClaimedDelivery[],
): Promise<(ClaimedDelivery & { isOfAccount: boolean })[]> {
  if (claimed.length === 0) return [];
  const rows = await tx
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .leftJoin('suppressions', 'suppressions.address_key', 'accounts.address_key')
    .leftJoin('channels as off', (join) =>
      join.onRef('off.account_id', '=', 'accounts.id').on('off.kind', '=', 'mail'),
    )
    .select(['deliveries.id', 'deliveries.digest_id', 'accounts.paused', 'accounts.confirmed_at'])
    .where(
      'deliveries.id',
      'in',
      claimed.map((row) => row.id),
    )
    .where((eb) =>
      eb.or([
        eb('accounts.paused', '=', 1),
        eb('accounts.confirmed_at', 'is', null),
        eb('suppressions.reason', 'is not', null),
        eb('off.id', 'is not', null),
      ]),
    )
    .execute();
  return rows.map(({ id, digest_id, paused, confirmed_at }) => ({
    id,
    digest_id,
    isOfAccount: paused === 1 || confirmed_at === null,
  }));
}
