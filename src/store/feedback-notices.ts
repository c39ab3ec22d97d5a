import { sql } from 'kysely';
import type { AuthorNotices, AuthorToTell, UntoldDecision } from '../community/word-decisions.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { feedbackStateShape } from './feedback-read.ts';
import { reportReasonShape } from './feedback-reports.ts';
import { insertRows } from './insert-rows.ts';

const gatherMs = 5 * 60_000;
const leastGapMs = 20 * 3_600_000;

/** Which authors are to be told of what was decided; see AuthorNotices. */
export function createAuthorNotices({ db }: Pick<Database, 'db'>): AuthorNotices {
  return {
    async listAuthorsToTell(now) {
      const rows = await db
        .selectFrom('moderation_decisions')
        .innerJoin('accounts', 'accounts.id', 'moderation_decisions.author_id')
        .innerJoin('articles', 'articles.id', 'moderation_decisions.article_id')
        .selectAll('moderation_decisions')
        .select(['accounts.address', 'accounts.id as account_id', 'articles.title'])
        .where('accounts.confirmed_at', 'is not', null)
        .where('moderation_decisions.step', 'in', ['agree', 'disagree', 'fold', 'hide'])
        .where('moderation_decisions.decided_at', '<=', now - gatherMs)
        .where(
          sql<boolean>`not exists (select 1 from decision_notices told
            where told.decision_id = moderation_decisions.id)`,
        )
        .where(
          sql<boolean>`not exists (select 1 from decision_notices told
            where told.account_id = accounts.id and told.told_at > ${now - leastGapMs})`,
        )
        .orderBy('moderation_decisions.id')
        .limit(1000)
        .execute();
      const authors = new Map<number, AuthorToTell & { decisions: UntoldDecision[] }>();
      for (const row of rows) {
        const author = authors.get(row.account_id) ?? {
          accountId: asId(row.account_id),
          address: row.address,
          decisions: [],
        };
        authors.set(row.account_id, author);
        author.decisions.push({
          id: asId(row.id),
          feedbackId: asId(row.feedback_id),
          articleId: asId(row.article_id),
          articleTitle: row.title,
          stateBefore: feedbackStateShape.parse(row.state_before),
          stateAfter: feedbackStateShape.parse(row.state_after),
          reason: reportReasonShape.nullable().parse(row.reason),
        });
      }
      return [...authors.values()];
    },
    async markTold(accountId, decisions, now) {
      const rows = decisions.map((id) => ({ decision_id: id, account_id: accountId, told_at: now }));
      await insertRows(db, 'decision_notices', rows, { ignoring: 'those that are there' });
    },
  };
}
