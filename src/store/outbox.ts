import { sql } from 'kysely';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { unpackMessage } from './deliveries-message.ts';

/** A message that was accepted, as /outbox lists it. `id` begins with the kind: `digest-12`, `notice-3`. */
export type OutboxEntry = {
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly acceptedAt: Instant;
};

export type Outbox = {
  /** Newest first; `before` is the instant of the last entry of the page before. */
  listOutbox(page: { readonly limit: number; readonly before: Instant | null }): Promise<OutboxEntry[]>;
  /**
   * Forgets messages that ended before the instant, and notices wholly, at most `limit` of each; returns how many. What
   * a digest told stays in the ledger.
   */
  deleteMessages(endedBefore: Instant, limit: number): Promise<number>;
  /** The bytes as they were sent; null where there are none (any more). */
  loadOutboxMessage(id: string): Promise<Uint8Array | null>;
};

/** What was sent, or would have been if an SMTP server were set up. */
export function createOutbox({ db }: Pick<Database, 'db'>): Outbox {
  return {
    async listOutbox({ limit, before }) {
      const until = before ?? Number.MAX_SAFE_INTEGER;
      const { rows } = await sql<{
        kind: string;
        id: number;
        address: string;
        subject: string;
        ended_at: number;
      }>`
        select 'digest' as kind, id, address, subject, ended_at from deliveries
        where state = 'accepted' and channel = 'mail' and ended_at < ${until}
        union all
        select 'notice' as kind, id, address, subject, ended_at from notices
        where state = 'accepted' and ended_at < ${until}
        order by ended_at desc, kind, id desc limit ${limit}`.execute(db);
      return rows.map((row) => ({
        id: `${row.kind}-${row.id}`,
        address: row.address,
        subject: row.subject,
        acceptedAt: asId(row.ended_at),
      }));
    },

    async deleteMessages(endedBefore, limit) {
      const messages = await db
        .deleteFrom('delivery_messages')
        .where('delivery_id', 'in', (eb) =>
          eb
            .selectFrom('delivery_messages as kept')
            .innerJoin('deliveries', 'deliveries.id', 'kept.delivery_id')
            .select('kept.delivery_id')
            .where('deliveries.ended_at', '<', endedBefore)
            .orderBy('kept.delivery_id')
            .limit(limit),
        )
        .executeTakeFirst();
      const notices = await db
        .deleteFrom('notices')
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('notices')
            .select('id')
            .where('ended_at', '<', endedBefore)
            .orderBy('id')
            .limit(limit),
        )
        .executeTakeFirst();
      return Number(messages.numDeletedRows + notices.numDeletedRows);
    },

    async loadOutboxMessage(id) {
      const [, kind, number] = /^(digest|notice)-(\d{1,15})$/.exec(id) ?? [];
      if (kind === 'digest') {
        const row = await db
          .selectFrom('delivery_messages')
          .select('content')
          .where('delivery_id', '=', Number(number))
          .executeTakeFirst();
        return row ? unpackMessage(row.content) : null;
      }
      if (kind !== 'notice') return null;
      const row = await db
        .selectFrom('notices')
        .select('message')
        .where('id', '=', Number(number))
        .executeTakeFirst();
      return row?.message ?? null;
    },
  };
}
