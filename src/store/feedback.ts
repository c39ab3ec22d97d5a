import type { FeedbackStore, NewFeedback } from '../community/feedback-store.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { recordAppeal, recordDecision, withdrawFeedback } from './feedback-decisions.ts';
import { loadFilterKnowledge } from './feedback-filter.ts';
import * as read from './feedback-read.ts';
import { recordReport } from './feedback-reports.ts';
import type { NewRow } from './schema.ts';

/** What readers say; see FeedbackStore for what each function answers. */
export function createFeedbackStore(database: Database): FeedbackStore {
  const { db } = database;
  return {
    findFeedback: (id) => read.findFeedback(db, id),
    listFeedbackOfArticle: (id) => read.listFeedbackOfArticle(db, id),
    readVersion: () => read.readVersion(db),
    loadWriterRecord: (id, now) => read.loadWriterRecord(db, id, now),
    listEarlierTexts: (id) => read.listEarlierTexts(db, id),
    loadFilterKnowledge: (features) => loadFilterKnowledge(db, features),
    async insertFeedback(feedback) {
      const { id } = await db
        .insertInto('feedback')
        .values(rowOf(feedback))
        .returning('id')
        .executeTakeFirstOrThrow();
      return asId(id);
    },
    async importFeedback(feedback) {
      const row = await db
        .insertInto('feedback')
        .values(rowOf(feedback))
        .onConflict((conflict) => conflict.column('import_key').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row === undefined ? null : asId(row.id);
    },
    async addHelped(id, accountId, now) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('feedback_helped')
        .columns(['feedback_id', 'account_id', 'helped_at'])
        .expression((eb) =>
          eb
            .selectFrom('feedback')
            .select((inner) => [
              'feedback.id',
              inner.val(accountId).as('account_id'),
              inner.val(now).as('helped_at'),
            ])
            .where('feedback.id', '=', id)
            .where('feedback.state', '=', 'shown')
            .where((inner) =>
              inner.or([
                inner('feedback.account_id', 'is', null),
                inner('feedback.account_id', '<>', accountId),
              ]),
            ),
        )
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    recordReport: (report) => recordReport(database, report),
    recordDecision: (decision) => recordDecision(database, decision),
    recordAppeal: (appeal) => recordAppeal(database, appeal),
    withdrawFeedback: (id, accountId, now) => withdrawFeedback(database, id, accountId, now),
  };
}

function rowOf(feedback: NewFeedback): NewRow<'feedback'> {
  return {
    article_id: feedback.articleId,
    revision: feedback.revision,
    account_id: feedback.accountId,
    author_name: feedback.authorName,
    outcome: feedback.outcome,
    did_harm: feedback.didHarm ? 1 : 0,
    technology_id: feedback.technologyId,
    version: feedback.version,
    body: feedback.body,
    state: feedback.state,
    queued_because: feedback.queuedBecause,
    standing: feedback.standing,
    merged_into: feedback.mergedInto,
    suspicion: feedback.suspicion === null ? null : Math.round(feedback.suspicion * 1000),
    import_key: feedback.importKey,
    written_at: feedback.writtenAt,
  };
}
