import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type Feedback, feedbackStates, outcomes, queueReasons } from '../community/feedback.ts';
import type { FeedbackStore } from '../community/feedback-store.ts';
import { type AccountId, type ArticleId, asId, type FeedbackId, type Instant } from '../knowledge/ids.ts';
import { rememberQuery } from './remember-query.ts';
import type { Schema } from './schema.ts';

export const feedbackStateShape = z.enum(feedbackStates);
const outcomeShape = z.enum(outcomes).nullable();
const queueShape = z.enum(queueReasons).nullable();
const standingShape = z.enum(['anonymous', 'new', 'known', 'trusted', 'imported']);

/** A writer's feedback counts as accepted after so long without being put away, or by a moderator's word. */
const acceptedAfterMs = 3 * 86_400_000;

type FeedbackRow = Selectable<Schema['feedback']> & { helped: number; reports: number };

/** Feedback with how many it helped and how many reported it. */
export function selectFeedback(db: Kysely<Schema>) {
  return db
    .selectFrom('feedback')
    .selectAll('feedback')
    .select([
      sql<number>`(select count(*) from feedback_helped h where h.feedback_id = feedback.id)`.as('helped'),
      sql<number>`(select count(*) from feedback_reports r where r.feedback_id = feedback.id
        and (r.verdict is null or r.verdict = 'right'))`.as('reports'),
    ]);
}

export function readFeedback(row: FeedbackRow): Feedback {
  return {
    id: asId(row.id),
    articleId: asId(row.article_id),
    revision: row.revision,
    accountId: row.account_id === null ? null : asId(row.account_id),
    authorName: row.author_name,
    outcome: outcomeShape.parse(row.outcome),
    didHarm: row.did_harm === 1,
    technologyId: row.technology_id === null ? null : asId(row.technology_id),
    version: row.version,
    body: row.body,
    state: feedbackStateShape.parse(row.state),
    mergedInto: row.merged_into === null ? null : asId(row.merged_into),
    queuedBecause: queueShape.parse(row.queued_because),
    standing: standingShape.parse(row.standing),
    helped: Number(row.helped),
    reports: Number(row.reports),
    writtenAt: asId(row.written_at),
  };
}

export async function findFeedback(db: Kysely<Schema>, id: FeedbackId): Promise<Feedback | null> {
  const row = await selectFeedback(db).where('feedback.id', '=', id).executeTakeFirst();
  return row === undefined ? null : readFeedback(row);
}

/** What says the same as feedback that is not shown is not counted either. */
const selectFeedbackOfArticle = rememberQuery((db, id: number) =>
  selectFeedback(db)
    .where('feedback.article_id', '=', id)
    .where((eb) =>
      eb.or([
        eb('feedback.state', 'in', ['shown', 'folded']),
        eb.and([
          eb('feedback.state', '=', 'merged'),
          eb.exists(
            eb
              .selectFrom('feedback as said')
              .select('said.id')
              .whereRef('said.id', '=', 'feedback.merged_into')
              .where('said.state', '=', 'shown'),
          ),
        ]),
      ]),
    )
    .orderBy('feedback.written_at')
    .orderBy('feedback.id'),
);

export async function listFeedbackOfArticle(db: Kysely<Schema>, id: ArticleId): Promise<Feedback[]> {
  return (await selectFeedbackOfArticle(db, id)).map(readFeedback);
}

export async function listEarlierTexts(
  db: Kysely<Schema>,
  id: ArticleId,
): ReturnType<FeedbackStore['listEarlierTexts']> {
  const rows = await db
    .selectFrom('feedback')
    .select(['id', 'body', 'state'])
    .where('article_id', '=', id)
    .where('state', '<>', 'merged')
    .where('body', '<>', '')
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    id: asId(row.id),
    body: row.body,
    state: feedbackStateShape.parse(row.state),
  }));
}

/** The numbers of feedback and decisions only grow, and each step that is seen has one or the other. */
export async function readVersion(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ written: number | null; decided: number | null }>`
    select (select max(id) from feedback) as written, (select max(id) from moderation_decisions) as decided`.execute(
    db,
  );
  return Number(rows[0]?.written ?? 0) + Number(rows[0]?.decided ?? 0);
}

export async function loadWriterRecord(db: Kysely<Schema>, id: AccountId, now: Instant) {
  const { rows } = await sql<{ accepted: number | null; put_away: number | null }>`
    select sum(case when state in ('shown', 'merged')
        and (kept_times > 0 or (queued_because is null and written_at <= ${now - acceptedAfterMs}))
        then 1 else 0 end) as accepted,
      sum(case when state in ('folded', 'hidden') then 1 else 0 end) as put_away
    from feedback where account_id = ${id}`.execute(db);
  return { accepted: Number(rows[0]?.accepted ?? 0), putAway: Number(rows[0]?.put_away ?? 0) };
}
