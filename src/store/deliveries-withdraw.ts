import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Takes a digest back that was never attempted, as if it had not been planned: its changes are untold again. Only the
 * account's last digest can be; false otherwise.
 */
export async function withdrawDigest(tx: Kysely<Schema>, digestId: number): Promise<boolean> {
  const digest = await tx
    .selectFrom('digests')
    .select(['account_id', 'planned_at'])
    .where('id', '=', digestId)
    .executeTakeFirst();
  if (digest === undefined) return false;
  // A scheduler that is adding the next digest holds the account: it ends first, or finds the account held.
  await sql`update accounts set told_through = told_through where id = ${digest.account_id}`.execute(tx);
  const later = await tx
    .selectFrom('digests')
    .select('id')
    .where('account_id', '=', digest.account_id)
    .where('previous_planned_at', '=', digest.planned_at)
    .executeTakeFirst();
  if (later !== undefined) return false;
  const isOfDigest = sql`told.account_id = ${digest.account_id} and told.digest_id = ${digestId}`;
  await sql`
    insert into saved_search_matches (subscription_id, change_id)
    select s.id, told.change_id from digest_changes told
    join subscriptions s on s.id = told.subscription_id and s.kind = 'search'
    join changes c on c.id = told.change_id
    where ${isOfDigest} on conflict do nothing`.execute(tx);
  // The anti-join begins before them again; what other digests told stays told.
  await sql`
    update accounts set told_through = (select min(told.change_id) - 1 from digest_changes told
      where ${isOfDigest})
    where id = ${digest.account_id} and told_through >=
      (select min(told.change_id) from digest_changes told where ${isOfDigest})`.execute(tx);
  await tx.deleteFrom('digests').where('id', '=', digestId).execute();
  return true;
}
