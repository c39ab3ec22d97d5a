import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type ReportReason, reportReasons } from '../community/feedback.ts';
import type { FeedbackStore, NewReport } from '../community/feedback-store.ts';
import type { WeighedReport } from '../community/weigh-reports.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { loadWriterRecord } from './feedback-read.ts';
import { addToTrail, lockFeedback } from './feedback-trail.ts';
import type { Row, Schema } from './schema.ts';

export const reportReasonShape = z.enum(reportReasons);

/** Keeps a report and does at once what all of them weigh, in one transaction. */
export function recordReport(
  { kind, db }: Database,
  report: NewReport,
): ReturnType<FeedbackStore['recordReport']> {
  const { feedbackId, reporterKey, accountId, reason, note, now } = report;
  return db.transaction().execute(async (tx) => {
    const row = await lockFeedback(tx, kind, feedbackId);
    if (row === null || (row.state !== 'shown' && row.state !== 'folded')) return 'not-found';
    const inserted = await tx
      .insertInto('feedback_reports')
      .values({
        feedback_id: feedbackId,
        reporter_key: reporterKey,
        account_id: accountId,
        reason,
        note,
        reported_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return 'already-reported';
    const verdict = report.weigh({
      writer:
        row.account_id === null
          ? { accepted: 0, putAway: 0 }
          : await loadWriterRecord(tx, asId(row.account_id), now),
      keptTimes: row.kept_times,
      reports: await listOpenReports(tx, feedbackId),
    });
    await follow(tx, row, verdict, reason, now);
    return 'reported';
  });
}

async function follow(
  tx: Kysely<Schema>,
  row: Row<'feedback'>,
  verdict: 'show' | 'fold' | 'hide',
  reason: ReportReason,
  now: number,
): Promise<void> {
  // Dangerous advice is looked at by a moderator whatever the report weighs.
  const isQueued = verdict !== 'show' || reason === 'dangerous-advice';
  if (!isQueued) return;
  const state = verdict === 'hide' ? 'hidden' : verdict === 'fold' ? 'folded' : row.state;
  await tx
    .updateTable('feedback')
    .set({ state, queued_because: row.queued_because === 'appeal' ? 'appeal' : 'reported' })
    .where('id', '=', row.id)
    .execute();
  if (state === row.state || verdict === 'show') return;
  await addToTrail(tx, row, { step: verdict, moderatorId: null, reason, stateAfter: state, now });
}

/** Reports that no moderator has judged, each with the record of who made it; those without an account have one together. */
async function listOpenReports(tx: Kysely<Schema>, feedbackId: number): Promise<WeighedReport[]> {
  const { rows } = await sql<{ reason: string; account_id: number | null; right: number; wrong: number }>`
    select r.reason, r.account_id,
      (select count(*) from feedback_reports o where o.verdict = 'right'
        and (o.account_id = r.account_id or (r.account_id is null and o.account_id is null))) as "right",
      (select count(*) from feedback_reports o where o.verdict = 'wrong'
        and (o.account_id = r.account_id or (r.account_id is null and o.account_id is null))) as "wrong"
    from feedback_reports r where r.feedback_id = ${feedbackId} and r.verdict is null`.execute(tx);
  return rows.map((row) => ({
    reason: reportReasonShape.parse(row.reason),
    hasAccount: row.account_id !== null,
    record: { right: Number(row.right), wrong: Number(row.wrong) },
  }));
}
