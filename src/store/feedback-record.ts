import type { Kysely } from 'kysely';
import type { AccountId } from '../knowledge/ids.ts';
import type { Schema } from './schema.ts';

const isoInstant = (ms: number) => new Date(ms).toISOString();

/** What an account told and said of what others told, for its owner. */
export async function loadFeedbackRecord(db: Kysely<Schema>, id: AccountId) {
  const written = await db
    .selectFrom('feedback')
    .innerJoin('articles', 'articles.id', 'feedback.article_id')
    .leftJoin('technologies', 'technologies.id', 'feedback.technology_id')
    .select(['articles.title', 'feedback.revision', 'feedback.author_name', 'feedback.outcome'])
    .select(['feedback.body', 'feedback.version', 'feedback.state', 'feedback.written_at'])
    .select('technologies.name as technology')
    .where('feedback.account_id', '=', id)
    .orderBy('feedback.id')
    .execute();
  const reports = await db
    .selectFrom('feedback_reports')
    .select(['feedback_id', 'reason', 'note', 'reported_at'])
    .where('account_id', '=', id)
    .orderBy('id')
    .execute();
  const helped = await db
    .selectFrom('feedback_helped')
    .select(['feedback_id', 'helped_at'])
    .where('account_id', '=', id)
    .orderBy('feedback_id')
    .execute();
  const appeals = await db
    .selectFrom('feedback_appeals')
    .innerJoin('feedback', 'feedback.id', 'feedback_appeals.feedback_id')
    .select(['feedback_appeals.feedback_id', 'feedback_appeals.body', 'appealed_at'])
    .where('feedback.account_id', '=', id)
    .orderBy('decision_id')
    .execute();
  return {
    written: written.map((row) => ({
      article: row.title,
      revision: row.revision,
      shownAs: row.author_name,
      outcome: row.outcome,
      technology: row.technology,
      version: row.version,
      text: row.body,
      state: row.state,
      writtenAt: isoInstant(row.written_at),
    })),
    reports: reports.map((row) => ({
      feedback: row.feedback_id,
      reason: row.reason,
      note: row.note,
      reportedAt: isoInstant(row.reported_at),
    })),
    helped: helped.map((row) => ({ feedback: row.feedback_id, at: isoInstant(row.helped_at) })),
    appeals: appeals.map((row) => ({
      feedback: row.feedback_id,
      text: row.body,
      appealedAt: isoInstant(row.appealed_at),
    })),
  };
}
