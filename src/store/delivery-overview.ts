import { sql } from 'kysely';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** What happened to mails, for those who run the site. */
export type DeliveryOverview = {
  /** Digests and notices together. */
  countByState(): Promise<Readonly<Record<string, number>>>;
  /** Newest first; `trouble`: deferred and failed ones only. */
  listDeliveries(filter: { readonly limit: number; readonly trouble: boolean }): Promise<DeliverySummary[]>;
  /** Accounts whose digest was due more than an hour ago and was not planned. */
  countOverdueAccounts(now: Instant): Promise<number>;
};

export type DeliverySummary = {
  readonly id: number;
  readonly address: string;
  /** `digest`, or the kind of a notice. */
  readonly kind: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly nextAttemptAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly problem: string | null;
};

const hourMs = 3_600_000;

export function createDeliveryOverview({ db }: Pick<Database, 'db'>): DeliveryOverview {
  return {
    async countByState() {
      const { rows } = await sql<{ state: string; count: number }>`
        select state, count(*) as count from
          (select state from deliveries union all select state from notices) mails
        group by state order by state`.execute(db);
      return Object.fromEntries(rows.map((row) => [row.state, row.count]));
    },

    async listDeliveries({ limit, trouble }) {
      const states = trouble
        ? ['deferred', 'failed']
        : ['queued', 'sending', 'accepted', 'deferred', 'failed'];
      const digests = db
        .selectFrom('deliveries')
        .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
        .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
        .select([
          'deliveries.id',
          'accounts.address',
          sql<string>`'digest'`.as('kind'),
          'channel',
          'state',
          'attempts',
        ])
        .select(['digests.planned_at as created_at', 'next_attempt_at', 'ended_at', 'problem'])
        .where('state', 'in', states)
        .orderBy('deliveries.id', 'desc')
        .limit(limit);
      const notices = db
        .selectFrom('notices')
        .select(['id', 'address', 'kind', sql<string>`'mail'`.as('channel'), 'state', 'attempts'])
        .select(['created_at', 'next_attempt_at', 'ended_at', 'problem'])
        .where('state', 'in', states)
        .orderBy('id', 'desc')
        .limit(limit);
      const rows = [...(await digests.execute()), ...(await notices.execute())];
      return rows
        .sort((a, b) => b.created_at - a.created_at)
        .slice(0, limit)
        .map(({ created_at, next_attempt_at, ended_at, ...row }) => ({
          ...row,
          createdAt: asId<Instant>(created_at),
          nextAttemptAt: ended_at === null ? asId<Instant>(next_attempt_at) : null,
          endedAt: ended_at === null ? null : asId<Instant>(ended_at),
        }));
    },

    async countOverdueAccounts(now) {
      const row = await db
        .selectFrom('accounts')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('paused', '=', 0)
        .where('confirmed_at', 'is not', null)
        .where('next_digest_at', '<=', now - hourMs)
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}
