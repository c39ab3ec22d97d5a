import type { Kysely } from 'kysely';
import type { TrailStep } from '../community/feedback-store.ts';
import { asId, type DecisionId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Row, Schema } from './schema.ts';

/** A row of feedback that nobody else can change until the transaction ends. */
export async function lockFeedback(
  tx: Kysely<Schema>,
  kind: Database['kind'],
  id: number,
): Promise<Row<'feedback'> | null> {
  const query = tx.selectFrom('feedback').selectAll().where('id', '=', id);
  const row = await (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
  return row ?? null;
}

/** Adds a line to the trail. */
export async function addToTrail(
  tx: Kysely<Schema>,
  row: Row<'feedback'>,
  line: {
    readonly step: TrailStep;
    readonly moderatorId: number | null;
    readonly reason: string | null;
    readonly stateAfter: string;
    readonly now: number;
  },
): Promise<DecisionId> {
  const { id } = await tx
    .insertInto('moderation_decisions')
    .values({
      feedback_id: row.id,
      article_id: row.article_id,
      author_id: row.account_id,
      moderator_id: line.moderatorId,
      step: line.step,
      reason: line.reason,
      state_before: row.state,
      state_after: line.stateAfter,
      decided_at: line.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return asId(id);
}
