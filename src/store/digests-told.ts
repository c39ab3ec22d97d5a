import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { selectUntoldSearches, selectUntoldTopics } from './digests-untold.ts';
import type { Schema } from './schema.ts';

/** `chosen`: accounts with the ids of the digests that are to tell them, rows (id, digest_id); none is written yet. */
type Request = { readonly chosen: RawBuilder<unknown>; readonly through: number };

/** Who was told anything, and how many changes altogether. */
type Told = { readonly accounts: ReadonlySet<number>; readonly changes: number };

/**
 * Writes what the chosen accounts were not told yet, up to the change `through`, straight into the ledger. Of several
 * subscriptions that match a change, the oldest is the reason.
 */
export function tellChanges(kind: Database['kind'], tx: Kysely<Schema>, request: Request): Promise<Told> {
  return kind === 'sqlite' ? tellInSqlite(tx, request) : tellInPostgres(tx, request);
}

async function tellInPostgres(tx: Kysely<Schema>, { chosen, through }: Request): Promise<Told> {
  const { rows } = await sql<{ account_id: number; changes: number }>`
    with told as (
      insert into digest_changes (digest_id, account_id, change_id, subscription_id)
      select digest_id, account_id, change_id, min(subscription_id) from (
        select * from (${selectUntoldTopics('postgres', through, chosen)}) topics
        union all ${selectUntoldSearches(through, chosen)}) untold
      group by account_id, change_id, digest_id order by account_id, change_id
      returning account_id)
    select account_id, count(*) as changes from told group by account_id`.execute(tx);
  return summarize(rows);
}

/**
 * Row by row as they are found: they come nearly in order, and to gather or sort them first would cost as much again.
 * What another digest told can't be told by this one: a digest of null is refused.
 */
async function tellInSqlite(tx: Kysely<Schema>, { chosen, through }: Request): Promise<Told> {
  const insert = (untold: RawBuilder<unknown>) => sql`
    insert into digest_changes (digest_id, account_id, change_id, subscription_id)
    select digest_id, account_id, change_id, subscription_id from (${untold}) untold where true
    on conflict do update set subscription_id = min(subscription_id, excluded.subscription_id),
      digest_id = case when digest_id = excluded.digest_id then digest_id end
      where excluded.subscription_id < subscription_id or excluded.digest_id <> digest_id`;
  const { rows: searched } = await sql<{ change_id: number }>`
    ${insert(selectUntoldSearches(through, chosen))} returning change_id`.execute(tx);
  await insert(selectUntoldTopics('sqlite', through, chosen)).execute(tx);
  // What was told now is beyond told_through, unless a search found it later.
  const earliest = searched.reduce((least, row) => Math.min(least, row.change_id), through);
  const { rows } = await sql<{ account_id: number; changes: number }>`
    select chosen.id as account_id, (select count(*) from digest_changes told where told.account_id = chosen.id
      and told.change_id >= min(coalesce(a.told_through, 0), ${earliest}) and told.digest_id = chosen.digest_id) as changes
    from ${chosen} chosen cross join accounts a where a.id = chosen.id`.execute(tx);
  return summarize(rows);
}

function summarize(rows: readonly { readonly account_id: number; readonly changes: number }[]): Told {
  const told = rows.filter((row) => row.changes > 0);
  return {
    accounts: new Set(told.map((row) => row.account_id)),
    changes: told.reduce((sum, row) => sum + row.changes, 0),
  };
}
