import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { feedbackVerdicts, type ToldFeedback } from '../alerts/told-feedback.ts';
import { type AccountId, asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Kind = Database['kind'];

/**
 * Rows (account_id, feedback_id, subscription_id) of the accepted feedback that accounts asked for and were not told
 * yet. An anti-join like that of changes, but without a place that moves: of one article there is little. Nobody is told
 * what he said himself.
 */
function selectUntoldFeedback(chosen: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select s.account_id, l.feedback_id, s.id as subscription_id from subscriptions s
    join accepted_feedback l on l.article_id = s.article_id and l.id > s.feedback_after_id
    join feedback f on f.id = l.feedback_id and f.state = 'shown'
      and (f.account_id is null or f.account_id <> s.account_id)
    where s.feedback_after_id is not null and s.account_id in ${chosen}
      and (select 1 from digest_feedback told
        where told.account_id = s.account_id and told.feedback_id = l.feedback_id) is null`;
}

/** Gathers what the chosen accounts were not told yet in a table of this connection; returns which have any. */
export async function findUntoldFeedback(
  kind: Kind,
  tx: Kysely<Schema>,
  chosen: RawBuilder<unknown>,
): Promise<ReadonlySet<number>> {
  // Nearly no account asks for it, and those that do not must not pay for it.
  const { rows: asking } = await sql`select 1 as one from subscriptions s
    where s.feedback_after_id is not null and s.account_id in ${chosen} limit 1`.execute(tx);
  if (asking.length === 0) return new Set();
  await sql`
    create temporary table if not exists claim_feedback (account_id bigint not null, feedback_id bigint not null,
      subscription_id bigint not null) ${sql.raw(kind === 'sqlite' ? '' : 'on commit delete rows')}`.execute(
    tx,
  );
  if (kind === 'sqlite') await sql`delete from claim_feedback`.execute(tx);
  await sql`
    insert into claim_feedback (account_id, feedback_id, subscription_id)
    ${selectUntoldFeedback(chosen)}`.execute(tx);
  const { rows } = await sql<{ account_id: number }>`
    select distinct account_id from claim_feedback`.execute(tx);
  return new Set(rows.map((row) => row.account_id));
}

/** Keeps what was gathered with the digests that tell it, rows (id, digest_id), the id being the account's. */
export async function insertToldFeedback(tx: Kysely<Schema>, digests: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into digest_feedback (digest_id, account_id, feedback_id, subscription_id)
    select d.digest_id, m.account_id, m.feedback_id, m.subscription_id
    from claim_feedback m join ${digests} d on d.id = m.account_id
    order by m.account_id, m.feedback_id`.execute(tx);
}

const verdictShape = z.enum(feedbackVerdicts).nullable();

function selectFeedback(db: Kysely<Schema>) {
  return db
    .selectFrom('feedback')
    .innerJoin('articles', 'articles.id', 'feedback.article_id')
    .select(['feedback.id', 'feedback.article_id', 'feedback.author_name', 'feedback.outcome'])
    .select(['feedback.did_harm', 'feedback.body', 'articles.title']);
}

function readFeedback(row: {
  id: number;
  article_id: number;
  title: string;
  author_name: string;
  outcome: string | null;
  did_harm: number;
  body: string;
}): ToldFeedback {
  return {
    id: asId(row.id),
    articleId: asId(row.article_id),
    articleTitle: row.title,
    authorName: row.author_name,
    outcome: verdictShape.parse(row.outcome),
    didHarm: row.did_harm === 1,
    body: row.body,
  };
}

/** What the account's next digest would tell of readers, oldest first. */
export async function listUntoldFeedback(
  db: Kysely<Schema>,
  accountId: AccountId,
  limit: number,
): Promise<ToldFeedback[]> {
  const untold = selectUntoldFeedback(sql`(${accountId})`);
  const rows = await selectFeedback(db)
    .where('feedback.id', 'in', sql<number>`(select feedback_id from (${untold}) untold)`)
    .orderBy('feedback.id')
    .limit(limit)
    .execute();
  return rows.map(readFeedback);
}

/** What a digest tells of readers, without what was put away or whose article is not followed so any more. */
export async function listToldFeedback(db: Kysely<Schema>, digestId: number): Promise<ToldFeedback[]> {
  const rows = await selectFeedback(db)
    .innerJoin('digest_feedback', 'digest_feedback.feedback_id', 'feedback.id')
    .innerJoin('subscriptions', 'subscriptions.id', 'digest_feedback.subscription_id')
    .where('digest_feedback.digest_id', '=', digestId)
    .where('feedback.state', '=', 'shown')
    .where('subscriptions.feedback_after_id', 'is not', null)
    .orderBy('feedback.id')
    .execute();
  return rows.map(readFeedback);
}
