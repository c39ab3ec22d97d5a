import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type ModerationDesk, trailSteps } from '../community/feedback-store.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { feedbackStateShape, readFeedback, selectFeedback } from './feedback-read.ts';
import { reportReasonShape } from './feedback-reports.ts';
import type { Schema } from './schema.ts';

const stepShape = z.enum(trailSteps);

/** What moderators and writers see of what is to be decided and was; see ModerationDesk. */
export function createModerationDesk({ db }: Pick<Database, 'db'>): ModerationDesk {
  return {
    async listQueue(limit) {
      const rows = await selectFeedback(db)
        .innerJoin('articles', 'articles.id', 'feedback.article_id')
        .leftJoin('technologies', 'technologies.id', 'feedback.technology_id')
        .select(['articles.title as article_title', 'technologies.name as technology'])
        .where('feedback.queued_because', 'is not', null)
        .orderBy(sql`case feedback.queued_because when 'appeal' then 0 when 'reported' then 1 else 2 end`)
        .orderBy('feedback.id')
        .limit(limit)
        .execute();
      const ids = rows.map((row) => row.id);
      const reports = Map.groupBy(await listReports(db, ids), (report) => report.feedback_id);
      const appeals = new Map((await listAppeals(db, ids)).map((row) => [row.feedback_id, row.body]));
      return rows.map((row) => ({
        feedback: readFeedback(row),
        articleTitle: row.article_title,
        technology: row.technology,
        suspicion: row.suspicion === null ? null : row.suspicion / 1000,
        reportReasons: (reports.get(row.id) ?? []).map(({ reason, note }) => ({
          reason: reportReasonShape.parse(reason),
          note,
        })),
        appeal: row.queued_because === 'appeal' ? (appeals.get(row.id) ?? '') : null,
      }));
    },

    async countQueue() {
      const { count } = await db
        .selectFrom('feedback')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('queued_because', 'is not', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async listTrail({ limit, before }) {
      const rows = await db
        .selectFrom('moderation_decisions')
        .leftJoin('accounts', 'accounts.id', 'moderation_decisions.moderator_id')
        .selectAll('moderation_decisions')
        .select('accounts.address')
        .where('moderation_decisions.id', '<', before ?? Number.MAX_SAFE_INTEGER)
        .orderBy('moderation_decisions.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: asId(row.id),
        feedbackId: asId(row.feedback_id),
        articleId: asId(row.article_id),
        moderator: row.moderator_id === null ? null : (row.address ?? 'a moderator who left'),
        step: stepShape.parse(row.step),
        reason: reportReasonShape.nullable().parse(row.reason),
        stateBefore: feedbackStateShape.parse(row.state_before),
        stateAfter: feedbackStateShape.parse(row.state_after),
        decidedAt: asId(row.decided_at),
      }));
    },

    async listNewest({ limit, state }) {
      const rows = await selectFeedback(db)
        .innerJoin('articles', 'articles.id', 'feedback.article_id')
        .select('articles.title as article_title')
        .$if(state !== null, (query) => query.where('feedback.state', '=', state ?? 'shown'))
        .orderBy('feedback.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...readFeedback(row), articleTitle: row.article_title }));
    },

    async listOwnFeedback(id) {
      const rows = await selectFeedback(db)
        .innerJoin('articles', 'articles.id', 'feedback.article_id')
        .select('articles.title as article_title')
        .where('feedback.account_id', '=', id)
        .orderBy('feedback.id', 'desc')
        .limit(200)
        .execute();
      const steps = await listLastSteps(db, id);
      return rows.map((row) => {
        const last = steps.get(row.id);
        const isPutAway = row.state === 'folded' || row.state === 'hidden';
        return {
          feedback: readFeedback(row),
          articleTitle: row.article_title,
          lastStep: last
            ? { step: stepShape.parse(last.step), reason: reportReasonShape.nullable().parse(last.reason) }
            : null,
          canAppeal: isPutAway && last !== undefined && last.appealed === null,
        };
      });
    },
  };
}

async function listReports(db: Kysely<Schema>, ids: readonly number[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('feedback_reports')
    .select(['feedback_id', 'reason', 'note'])
    .where('feedback_id', 'in', ids)
    .orderBy('id')
    .execute();
}

async function listAppeals(db: Kysely<Schema>, ids: readonly number[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('feedback_appeals')
    .select(['feedback_id', 'body'])
    .where('feedback_id', 'in', ids)
    .orderBy('decision_id')
    .execute();
}

/** What moved each feedback of the account last, and whether its writer appealed against it. */
async function listLastSteps(db: Kysely<Schema>, authorId: number) {
  const rows = await db
    .selectFrom('moderation_decisions')
    .leftJoin('feedback_appeals', 'feedback_appeals.decision_id', 'moderation_decisions.id')
    .select([
      'moderation_decisions.feedback_id',
      'step',
      'reason',
      'feedback_appeals.appealed_at as appealed',
    ])
    .where('author_id', '=', authorId)
    .where('step', 'in', ['agree', 'disagree', 'fold', 'hide'])
    .orderBy('moderation_decisions.id')
    .execute();
  return new Map(rows.map((row) => [row.feedback_id, row]));
}
