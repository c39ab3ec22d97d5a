import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

type Kind = Database['kind'];

/** An account with the digest that is to tell it, where there is one: rows (id, digest_id). */
type Chosen = RawBuilder<unknown>;

/**
 * The accounts that are chosen. `has_later`: it was told a change beyond `told_through`, as after a digest was
 * withdrawn; of the others nothing beyond it can have been told.
 */
const selectListeners = (chosen: Chosen): RawBuilder<unknown> => sql`
  select a.id, chosen.digest_id, coalesce(a.told_through, 0) as told_through, exists (select 1 from digest_changes later
    where later.account_id = a.id and later.change_id > coalesce(a.told_through, 0)) as has_later
  from ${chosen} chosen cross join accounts a where a.id = chosen.id`;

/**
 * Their subscriptions. `told_through` only says where the search begins: it moves in the transaction that tells, and no
 * change with a lower number can appear later (0004-ledger-triggers).
 */
const starts = sql`
  select s.id, s.account_id, s.kind, s.threshold, l.digest_id, l.has_later,
    coalesce(s.technology_id, s.article_id, s.source_id) as topic_id,
    case when l.told_through > s.after_change_id then l.told_through else s.after_change_id end as start
  from listeners l cross join subscriptions s where s.account_id = l.id`;

/**
 * The anti-join: whatever was told is never told again. Asked of one key at a time: PostgreSQL makes a join of
 * `not exists`, and may then read through all that an account was ever told, for each of its changes.
 */
const isUntold = sql`(select 1 from digest_changes told
  where told.account_id = s.account_id and told.change_id = f.change_id) is null`;

/**
 * Rows (digest_id, account_id, change_id, subscription_id) of what the chosen accounts were not told yet, up to the
 * change `through`, by what they follow; several for a change that several subscriptions match.
 */
export function selectUntoldTopics(kind: Kind, through: number, chosen: Chosen): RawBuilder<unknown> {
  // SQLite seeks in the topics, row by row; PostgreSQL would rather read through all that there ever were.
  const isFresh = sql`f.change_id > (select min(start) from starts)`;
  const fresh =
    kind === 'sqlite'
      ? sql``
      : sql`, fresh as materialized (select f.* from alert_topics f where f.change_id <= ${through} and ${isFresh})`;
  const topics = sql.raw(kind === 'sqlite' ? 'alert_topics' : 'fresh');
  const keep = sql.raw(kind === 'sqlite' ? 'not materialized' : 'materialized');
  // Every change has its source among its topics, once for each threshold.
  return sql`
    with listeners as materialized (${selectListeners(chosen)}), starts as ${keep} (${starts}) ${fresh}
    select s.digest_id, s.account_id, f.change_id, s.id as subscription_id
    from starts s join ${topics} f on f.topic_id = s.topic_id and f.topic_kind = s.kind
      and f.threshold = s.threshold and f.change_id > s.start and f.change_id <= ${through}
    where not s.has_later or ${isUntold}`;
}

/** The same of saved searches. Their matches may come later than their changes; they wait in a table. */
export function selectUntoldSearches(through: number, chosen: Chosen): RawBuilder<unknown> {
  return sql`
    select chosen.digest_id, s.account_id, f.change_id, s.id as subscription_id
    from ${chosen} chosen join subscriptions s on s.account_id = chosen.id and s.query is not null
    join saved_search_matches m on m.subscription_id = s.id and m.change_id > s.after_change_id
    join alert_topics f on f.change_id = m.change_id and f.topic_kind = 'source' and f.threshold = s.threshold
    where f.change_id <= ${through} and ${isUntold}`;
}

/** Rows (change_id, subscription_id) of what the account was not told yet. */
export function selectUntoldOfAccount(kind: Kind, through: number, accountId: number): RawBuilder<unknown> {
  const chosen = sql`(select cast(${accountId} as bigint) as id, 0 as digest_id)`;
  return sql`select change_id, subscription_id from (${selectUntoldTopics(kind, through, chosen)}) topics
    union all select change_id, subscription_id from (${selectUntoldSearches(through, chosen)}) searches`;
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
