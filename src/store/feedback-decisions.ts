import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ReportReason } from '../community/feedback.ts';
import type { FeedbackStore, NewAppeal, NewDecision } from '../community/feedback-store.ts';
import type { TextClass } from '../community/spam-filter.ts';
import type { AccountId, FeedbackId, Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { teachFilter } from './feedback-filter.ts';
import { feedbackStateShape } from './feedback-read.ts';
import { reportReasonShape } from './feedback-reports.ts';
import { addToTrail, lockFeedback } from './feedback-trail.ts';
import type { Row, Schema } from './schema.ts';

const textClassShape = z.enum(['good', 'unwanted']);

/** A moderator's word with all that follows from it, in one transaction; null when the feedback is gone. */
export function recordDecision(
  { kind, db }: Database,
  decision: NewDecision,
): ReturnType<FeedbackStore['recordDecision']> {
  const { moderatorId, verdict, now } = decision;
  return db.transaction().execute(async (tx) => {
    const row = await lockFeedback(tx, kind, decision.feedbackId);
    if (row === null) return null;
    const reason = decision.reason ?? (await findMainReason(tx, row.id)) ?? 'spam';
    const ruling = decision.judge(feedbackStateShape.parse(row.state), reason);
    await tx
      .updateTable('feedback')
      .set({
        state: ruling.state,
        queued_because: null,
        merged_into: null,
        kept_times: row.kept_times + (verdict === 'disagree' ? 1 : 0),
        ...(ruling.lesson !== null && { learned_as: ruling.lesson }),
      })
      .where('id', '=', row.id)
      .execute();
    if (ruling.reportsWere !== null) {
      await tx
        .updateTable('feedback_reports')
        .set({ verdict: ruling.reportsWere })
        .where('feedback_id', '=', row.id)
        .execute();
    }
    if (ruling.lesson !== null) await teach(tx, row, ruling.lesson);
    if (ruling.lesson === 'unwanted') await queueRestOfWriter(tx, row);
    await addToTrail(tx, row, {
      step: verdict,
      moderatorId,
      reason: verdict === 'agree' ? reason : null,
      stateAfter: ruling.state,
      now,
    });
    return ruling.state;
  });
}

/** What else a spammer wrote is looked at, too, unless a moderator did before. */
async function queueRestOfWriter(tx: Kysely<Schema>, row: Row<'feedback'>): Promise<void> {
  if (row.account_id === null) return;
  await tx
    .updateTable('feedback')
    .set({ queued_because: 'suspicious' })
    .where('account_id', '=', row.account_id)
    .where('id', '<>', row.id)
    .where('state', 'in', ['shown', 'merged'])
    .where('kept_times', '=', 0)
    .where('queued_because', 'is', null)
    .execute();
}

/** A word that takes back an earlier one takes its lesson back, too. */
async function teach(tx: Kysely<Schema>, row: Row<'feedback'>, lesson: TextClass): Promise<void> {
  if (row.body === '' || row.learned_as === lesson) return;
  if (row.learned_as !== null) await teachFilter(tx, row.body, textClassShape.parse(row.learned_as), -1);
  await teachFilter(tx, row.body, lesson);
}

/** What most reports say. */
async function findMainReason(tx: Kysely<Schema>, feedbackId: number): Promise<ReportReason | null> {
  const row = await tx
    .selectFrom('feedback_reports')
    .select('reason')
    .where('feedback_id', '=', feedbackId)
    .groupBy('reason')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('reason')
    .executeTakeFirst();
  return row === undefined ? null : reportReasonShape.parse(row.reason);
}

/** The writer's word against what put the feedback away last. */
export function recordAppeal(
  { kind, db }: Database,
  { feedbackId, accountId, text, now }: NewAppeal,
): ReturnType<FeedbackStore['recordAppeal']> {
  return db.transaction().execute(async (tx) => {
    const row = await lockFeedback(tx, kind, feedbackId);
    if (row === null || row.account_id !== accountId) return 'not-yours';
    if (row.state !== 'folded' && row.state !== 'hidden') return 'nothing-to-appeal';
    const decision = await tx
      .selectFrom('moderation_decisions')
      .select((eb) => eb.fn.max('id').as('id'))
      .where('feedback_id', '=', feedbackId)
      .where('step', 'in', ['agree', 'fold', 'hide'])
      .executeTakeFirst();
    if (!decision?.id) return 'nothing-to-appeal';
    const inserted = await tx
      .insertInto('feedback_appeals')
      .values({ decision_id: decision.id, feedback_id: feedbackId, body: text, appealed_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return 'already-appealed';
    await tx.updateTable('feedback').set({ queued_because: 'appeal' }).where('id', '=', feedbackId).execute();
    await addToTrail(tx, row, {
      step: 'appeal',
      moderatorId: null,
      reason: null,
      stateAfter: row.state,
      now,
    });
    return 'appealed';
  });
}

/** Deletes what the writer takes back; the oldest that said the same stands for itself from then on. */
export function withdrawFeedback(
  { kind, db }: Database,
  id: FeedbackId,
  accountId: AccountId,
  now: Instant,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const row = await lockFeedback(tx, kind, id);
    if (row === null || row.account_id !== accountId) return false;
    const heir = await tx
      .selectFrom('feedback')
      .select((eb) => eb.fn.min('id').as('id'))
      .where('merged_into', '=', id)
      .executeTakeFirst();
    if (heir?.id) {
      await tx.updateTable('feedback').set({ merged_into: heir.id }).where('merged_into', '=', id).execute();
      await tx
        .updateTable('feedback')
        .set({ merged_into: null, state: row.state })
        .where('id', '=', heir.id)
        .execute();
    }
    await addToTrail(tx, row, {
      step: 'withdraw',
      moderatorId: null,
      reason: null,
      stateAfter: row.state,
      now,
    });
    await tx.deleteFrom('feedback').where('id', '=', id).execute();
    return true;
  });
}
