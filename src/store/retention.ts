import type { Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** How much was forgotten in one go; `deliveries` are those that something was taken from. */
export type Forgotten = {
  readonly deliveries: number;
  readonly attempts: number;
  readonly notices: number;
};

/**
 * Forgets how what ended before the instant was sent: messages, addresses and attempts of digests, and notices wholly;
 * at most `limit` of each. What was told stays in the ledger for ever, so that nothing is told twice.
 */
export async function forgetDeliveries(
  { db }: Pick<Database, 'db'>,
  { endedBefore, limit }: { readonly endedBefore: Instant; readonly limit: number },
): Promise<Forgotten> {
  return db.transaction().execute(async (tx) => {
    const old = await tx
      .selectFrom('deliveries')
      .select('id')
      .where('ended_at', '<', endedBefore)
      .where((eb) =>
        eb.or([
          eb('address', 'is not', null),
          eb.exists(
            eb
              .selectFrom('delivery_attempts')
              .select('delivery_attempts.id')
              .whereRef('delivery_id', '=', 'deliveries.id'),
          ),
          eb.exists(
            eb
              .selectFrom('delivery_messages')
              .select('delivery_id')
              .whereRef('delivery_id', '=', 'deliveries.id'),
          ),
        ]),
      )
      .orderBy('id')
      .limit(limit)
      .execute();
    const ids = old.map(({ id }) => id);
    let attempts = 0;
    if (ids.length > 0) {
      await tx.deleteFrom('delivery_messages').where('delivery_id', 'in', ids).execute();
      const tried = await tx
        .deleteFrom('delivery_attempts')
        .where('delivery_id', 'in', ids)
        .executeTakeFirst();
      await tx
        .updateTable('deliveries')
        .set({ address: null, problem: null })
        .where('id', 'in', ids)
        .execute();
      attempts = Number(tried.numDeletedRows);
    }
    const notices = await tx
      .deleteFrom('notices')
      .where('id', 'in', (eb) =>
        eb.selectFrom('notices').select('id').where('ended_at', '<', endedBefore).orderBy('id').limit(limit),
      )
      .executeTakeFirst();
    return { deliveries: ids.length, attempts, notices: Number(notices.numDeletedRows) };
  });
}
