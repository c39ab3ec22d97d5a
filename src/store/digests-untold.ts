import { type RawBuilder, sql } from 'kysely';

/**
 * How a subscription `s` of an account `a` comes to the changes `f.change_id` that it may tell. `told_through` only
 * says where the search begins: it moves in the transaction that tells, and no change with a lower number can appear
 * later (0004-ledger-triggers). Matches of saved searches may come later than their changes; they wait in a table.
 */
const waysToFollow: readonly RawBuilder<unknown>[] = [
  sql`join alert_topics f on f.topic_id = coalesce(s.technology_id, s.article_id, s.source_id)
    and f.topic_kind = s.kind and f.threshold = s.threshold and f.change_id > case
      when a.told_through > s.after_change_id then a.told_through else s.after_change_id end`,
  // Every change has its source among its topics, once for each threshold.
  sql`join saved_search_matches m on m.subscription_id = s.id and m.change_id > s.after_change_id
    join alert_topics f on f.change_id = m.change_id and f.topic_kind = 'source' and f.threshold = s.threshold`,
];

/**
 * The anti-join: whatever was told is never told again. Asked of one key at a time: PostgreSQL makes a join of
 * `not exists`, and may then read through all that an account was ever told, for each of its changes.
 */
const isUntold = sql`(select 1 from digest_changes told
  where told.account_id = a.id and told.change_id = f.change_id) is null`;

/**
 * Rows (account_id, change_id, subscription_id) of what the accounts `a` that `where` selects were not told yet, up to
 * the change `through`; several for a change that several subscriptions match.
 */
export function selectUntold(through: number, where: RawBuilder<unknown>): RawBuilder<unknown> {
  const branches = waysToFollow.map(
    (joins) => sql`select a.id as account_id, f.change_id as change_id, s.id as subscription_id
      from accounts a join subscriptions s on s.account_id = a.id ${joins}
      where ${where} and f.change_id <= ${through} and ${isUntold}`,
  );
  return sql.join(branches, sql` union all `);
}

/** Rows (change_id, subscription_id) of what the account was not told yet. */
export function selectUntoldOfAccount(through: number, accountId: number): RawBuilder<unknown> {
  return sql`select change_id, subscription_id from (${selectUntold(through, sql`a.id = ${accountId}`)}) untold`;
}

/**
 * Rows (change_id, subscription_id) of what an account's subscriptions to technologies, articles and sources match
 * among the changes that occurred since `since`, whether it was told or not.
 */
export function selectMatchesOfAccount(since: number, accountId: number): RawBuilder<unknown> {
  return sql`select c.id as change_id, s.id as subscription_id
    from subscriptions s
    join alert_topics f on f.topic_id = coalesce(s.technology_id, s.article_id, s.source_id)
      and f.topic_kind = s.kind and f.threshold = s.threshold
    join changes c on c.id = f.change_id
    where s.account_id = ${accountId} and c.occurred_at >= ${since}`;
}
