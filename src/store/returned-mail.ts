import { sql } from 'kysely';
import { type AccountId, asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** Whom a letter of ours went to, and when it was made. */
export type SentLetter = {
  readonly accountId: AccountId | null;
  readonly address: string;
  readonly madeAt: Instant;
};

export type BounceRecord = {
  readonly addressKey: string;
  readonly kind: 'hard' | 'soft' | 'policy' | 'complaint';
  readonly reason: string;
  readonly status: string | null;
  readonly diagnostic: string;
  readonly receivedAt: Instant;
};

export type PausedDomain = {
  readonly domain: string;
  readonly reason: string;
  readonly diagnostic: string;
  readonly pausedAt: Instant;
  readonly pausedUntil: Instant;
};

const dayMs = 86_400_000;

/** What came back, on whom it is, and which domains refuse us. */
export function createReturnedMailStore({ db }: Pick<Database, 'db'>) {
  const letters = {
    digest: db
      .selectFrom('deliveries')
      .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
      .select(['deliveries.account_id', 'deliveries.address', 'digests.planned_at as made_at'])
      .where('channel', '=', 'mail'),
    notice: db.selectFrom('notices').select(['account_id', 'address', 'created_at as made_at']),
  };
  return {
    /** The letter of that number; null when there is none (any more). */
    async findLetter(kind: 'digest' | 'notice', id: number): Promise<SentLetter | null> {
      const row =
        kind === 'digest'
          ? await letters.digest.where('deliveries.id', '=', id).executeTakeFirst()
          : await letters.notice.where('id', '=', id).executeTakeFirst();
      return toLetter(row);
    },

    /** `messageId` with its angle brackets; it can't be guessed. */
    async findLetterByMessageId(messageId: string): Promise<SentLetter | null> {
      const digest = await letters.digest.where('message_id', '=', messageId).executeTakeFirst();
      return toLetter(
        digest ?? (await letters.notice.where('message_id', '=', messageId).executeTakeFirst()),
      );
    },

    /** Keeps it and returns on how many days (UTC) of the last `withinDays` the address had soft ones. */
    async recordBounce(bounce: BounceRecord, withinDays: number): Promise<{ softDays: number }> {
      await db
        .insertInto('bounces')
        .values({
          address_key: bounce.addressKey,
          domain: domainOf(bounce.addressKey),
          kind: bounce.kind,
          reason: bounce.reason,
          status: bounce.status,
          diagnostic: bounce.diagnostic,
          received_at: bounce.receivedAt,
        })
        .execute();
      const { rows } = await sql<{ days: number }>`
        select count(distinct received_at / ${sql.lit(dayMs)}) as days from bounces
        where address_key = ${bounce.addressKey} and kind = 'soft'
          and received_at > ${bounce.receivedAt - withinDays * dayMs}`.execute(db);
      return { softDays: Number(rows[0]?.days ?? 0) };
    },

    /** How many addresses of the domain were refused for policy since then, and how many accounts are there. */
    async weighRefusals(domain: string, since: Instant): Promise<{ refused: number; accounts: number }> {
      const { refused } = await db
        .selectFrom('bounces')
        .select((eb) => eb.fn.count<number>('address_key').distinct().as('refused'))
        .where('domain', '=', domain)
        .where('kind', '=', 'policy')
        .where('received_at', '>', since)
        .executeTakeFirstOrThrow();
      const { accounts } = await db
        .selectFrom('accounts')
        .select((eb) => eb.fn.countAll<number>().as('accounts'))
        .where('address_key', 'like', `%@${domain.replace(/[%_\\]/g, '')}`)
        .executeTakeFirstOrThrow();
      return { refused: Number(refused), accounts: Number(accounts) };
    },

    /** Deletes what was received before; returns how many. */
    async deleteBounces(receivedBefore: Instant): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('bounces')
        .where('received_at', '<', receivedBefore)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /**
     * Leaves the domain alone until then. Null when it is already; else how often it was paused in a row: pauses follow
     * each other when the last one ended less than `rowMs` ago.
     */
    pauseDomain: (
      pause: Omit<PausedDomain, 'pausedUntil'> & {
        readonly lastsMs: (pauses: number) => number;
        readonly rowMs: number;
      },
    ): Promise<{ pauses: number; pausedUntil: Instant } | null> =>
      db.transaction().execute(async (tx) => {
        const { domain, reason, diagnostic, pausedAt, lastsMs, rowMs } = pause;
        await tx
          .insertInto('paused_domains')
          .values({ domain, reason, diagnostic, paused_at: 0, paused_until: 0, pauses: 0 })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const known = await tx
          .selectFrom('paused_domains')
          .select(['paused_until', 'pauses'])
          .where('domain', '=', domain)
          .executeTakeFirstOrThrow();
        if (known.paused_until > pausedAt) return null;
        const pauses = pausedAt - known.paused_until < rowMs ? known.pauses + 1 : 1;
        const pausedUntil = asId<Instant>(pausedAt + lastsMs(pauses));
        const { numUpdatedRows } = await tx
          .updateTable('paused_domains')
          .set({ reason, diagnostic, paused_at: pausedAt, paused_until: pausedUntil, pauses })
          .where('domain', '=', domain)
          .where('paused_until', '=', known.paused_until)
          .executeTakeFirst();
        return numUpdatedRows === 0n ? null : { pauses, pausedUntil };
      }),

    /** Those that are paused now, the last one first. */
    async listPausedDomains(now: Instant): Promise<PausedDomain[]> {
      const rows = await db
        .selectFrom('paused_domains')
        .selectAll()
        .where('paused_until', '>', now)
        .orderBy('paused_at', 'desc')
        .limit(100)
        .execute();
      return rows.map((row) => ({
        domain: row.domain,
        reason: row.reason,
        diagnostic: row.diagnostic,
        pausedAt: asId(row.paused_at),
        pausedUntil: asId(row.paused_until),
      }));
    },

    /** Tells whether there was a pause to end. */
    async resumeDomain(domain: string, now: Instant): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('paused_domains')
        .set({ paused_until: now })
        .where('domain', '=', domain)
        .where('paused_until', '>', now)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function toLetter(
  row: { account_id: number | null; address: string | null; made_at: number } | undefined,
): SentLetter | null {
  if (row === undefined || row.address === null) return null;
  const accountId = row.account_id === null ? null : asId<AccountId>(row.account_id);
  return { accountId, address: row.address, madeAt: asId(row.made_at) };
}
