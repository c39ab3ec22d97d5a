import { type RawBuilder, sql } from 'kysely';

/**
 * The changes that the subscriptions `s` of an account `a` match and that it was not told: an anti-join with what
 * was told. `told_through` only says where that join may begin: it moves in the transaction that tells, and no change
 * with a lower number can appear later (0004-ledger-triggers). Matches of saved searches may come later than their
 * changes; they wait in their own table.
 */
const waysToFollow: readonly RawBuilder<unknown>[] = [
  sql`join change_technologies ct on ct.technology_id = s.technology_id and ct.change_id > a.told_through
    join changes c on c.id = ct.change_id`,
  sql`join changes c on c.article_id = s.article_id and c.id > a.told_through`,
  sql`join changes c on c.source_id = s.source_id and c.id > a.told_through`,
  sql`join saved_search_matches m on m.subscription_id = s.id join changes c on c.id = m.change_id`,
];

/** See `reaches` in src/alerts/subscription.ts, which says the same. */
const reachesThreshold = sql`case s.threshold
  when 'new' then c.kind = 'created' when 'material' then c.significance = 'material'
  when 'minor' then c.significance <> 'invisible' else true end`;

/** Up to the change `through`, which was the last when the transaction began to look. */
const isToBeTold = (through: number) => sql`c.alerts = 1 and c.id > s.after_change_id and c.id <= ${through}
  and ${reachesThreshold}
  and not exists (select 1 from digest_changes told where told.account_id = a.id and told.change_id = c.id)`;

/** A condition on an account `a`: there is something to tell it. */
export function hasUntoldChanges(through: number): RawBuilder<boolean> {
  const branches = waysToFollow.map(
    (joins) => sql`exists (select 1 from subscriptions s ${joins}
      where s.account_id = a.id and ${isToBeTold(through)})`,
  );
  return sql<boolean>`(${sql.join(branches, sql` or `)})`;
}

/**
 * Rows (digest, account, change, subscription) for the digests `d` that `where` selects. A change that several
 * subscriptions match comes several times.
 */
export function selectUntoldChanges(through: number, where: RawBuilder<unknown>): RawBuilder<unknown> {
  const branches = waysToFollow.map(
    (joins) => sql`select d.id, a.id, c.id, s.id
      from digests d join accounts a on a.id = d.account_id join subscriptions s on s.account_id = a.id ${joins}
      where ${where} and ${isToBeTold(through)}`,
  );
  return sql.join(branches, sql` union all `);
}

/** Rows (change_id, subscription_id) of what the account was not told yet; several for a change that several match. */
export function selectUntoldOfAccount(through: number, accountId: number): RawBuilder<unknown> {
  const branches = waysToFollow.map(
    (joins) => sql`select c.id as change_id, s.id as subscription_id
      from accounts a join subscriptions s on s.account_id = a.id ${joins}
      where a.id = ${accountId} and ${isToBeTold(through)}`,
  );
  return sql.join(branches, sql` union all `);
}

/**
 * Rows (change_id, subscription_id) of what an account's subscriptions to technologies, articles and sources match
 * among the changes that occurred since `since`, whether it was told or not.
 */
export function selectMatchesOfAccount(since: number, accountId: number): RawBuilder<unknown> {
  const branches = [
    sql`join change_technologies ct on ct.technology_id = s.technology_id join changes c on c.id = ct.change_id`,
    sql`join changes c on c.article_id = s.article_id`,
    sql`join changes c on c.source_id = s.source_id`,
  ].map(
    (joins) => sql`select c.id as change_id, s.id as subscription_id from subscriptions s ${joins}
      where s.account_id = ${accountId} and c.occurred_at >= ${since} and c.alerts = 1 and ${reachesThreshold}`,
  );
  return sql.join(branches, sql` union all `);
}
