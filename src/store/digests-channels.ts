import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Instant } from '../knowledge/ids.ts';
import { inChunks } from './insert-rows.ts';
import type { Schema } from './schema.ts';

/** What an account has besides mail, as planning sees it. */
export type ChannelFacts = {
  readonly refusesMail: boolean;
  /** Channels other than mail that take digests, and how many of them have an attempted one still open. */
  readonly active: number;
  readonly busy: number;
};

/** Of those of the accounts that chose anything; of the others nothing is listed: they take mail alone. */
export async function loadChannelFacts(
  tx: Kysely<Schema>,
  accounts: readonly number[],
): Promise<ReadonlyMap<number, ChannelFacts>> {
  const facts = new Map<number, ChannelFacts>();
  for (const some of inChunks(accounts, 500)) {
    const { rows } = await sql<{ account_id: number; off: number; active: number; busy: number }>`
      select c.account_id, sum(case when c.kind = 'mail' then 1 else 0 end) as off,
        sum(case when c.state = 'active' then 1 else 0 end) as active,
        sum(case when c.state = 'active' and exists (select 1 from deliveries v where v.account_id = c.account_id
          and v.state in ('queued', 'sending', 'deferred') and v.attempts > 0
          and v.channel = c.kind || ':' || c.id) then 1 else 0 end) as busy
      from channels c where c.account_id in (${sql.join(some)}) and c.state in ('off', 'active')
      group by c.account_id`.execute(tx);
    for (const row of rows) {
      facts.set(row.account_id, {
        refusesMail: Number(row.off) > 0,
        active: Number(row.active),
        busy: Number(row.busy),
      });
    }
  }
  return facts;
}

/** One delivery for each active channel of the digests, which are rows (id, digest_id), the id being the account's. */
export async function insertChannelDeliveries(
  tx: Kysely<Schema>,
  { digests, now }: { readonly digests: RawBuilder<unknown>; readonly now: Instant },
): Promise<void> {
  await sql`
    insert into deliveries (digest_id, account_id, channel, state, attempts, next_attempt_at)
    select d.digest_id, d.id, c.kind || ':' || c.id, 'queued', 0, ${now}
    from ${digests} d join channels c on c.account_id = d.id and c.state = 'active'
    order by d.digest_id, c.id`.execute(tx);
}
