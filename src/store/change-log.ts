import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { type Change, changeKinds, type Reason, significances } from '../knowledge/change.ts';
import { sectionKinds } from '../knowledge/document.ts';
import { asId, type ChangeId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { inChunks } from './insert-rows.ts';
import type { Schema } from './schema.ts';

/** The change log in the order of its numbers, for those that follow it: search, saved searches, feeds. */
export type ChangeLog = {
  /**
   * The changes after a number, at most `limit`. Numbers become visible in order: whoever saw number n will never be
   * shown a lower one that was not there before. So a follower may keep the last number that it saw.
   */
  listChangesAfter(after: ChangeId | null, limit: number): Promise<Change[]>;
  /** The highest number that is visible; null when the log is empty. */
  findLastChangeId(): Promise<ChangeId | null>;
};

export function createChangeLog({ db }: Pick<Database, 'db'>): ChangeLog {
  return {
    async listChangesAfter(after, limit) {
      const rows = await db
        .selectFrom('changes')
        .selectAll()
        .where('id', '>', after ?? 0)
        .orderBy('id')
        .limit(limit)
        .execute();
      return readChanges(db, rows);
    },
    findLastChangeId: () => findLastChangeId(db),
  };
}

/** The highest number that is visible; null when the log is empty. */
export async function findLastChangeId(db: Kysely<Schema>): Promise<ChangeId | null> {
  const row = await db
    .selectFrom('changes')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirst();
  return row?.last ? asId(row.last) : null;
}

const kindShape = z.enum(changeKinds);
export const significanceShape = z.enum(significances);
const reasonsShape = z.array(
  z.object({ code: z.string(), section: z.enum(sectionKinds).nullable(), sentence: z.string() }),
);
const passageShape = z.object({ before: z.string(), after: z.string() });

/** The rows as changes, in their order. */
export async function readChanges(
  db: Kysely<Schema>,
  rows: readonly Selectable<Schema['changes']>[],
): Promise<Change[]> {
  const reasons = new Map<number, Reason[]>();
  const wanted = new Set(rows.flatMap((row) => row.reasons_id ?? []));
  for (const ids of inChunks([...wanted], 500)) {
    const found = await db.selectFrom('change_reasons').selectAll().where('id', 'in', ids).execute();
    for (const row of found) reasons.set(row.id, reasonsShape.parse(JSON.parse(row.reasons)));
  }
  return rows.map((row) => readChange(row, reasons.get(row.reasons_id ?? 0) ?? []));
}

function readChange(row: Selectable<Schema['changes']>, reasons: readonly Reason[]): Change {
  return {
    id: asId(row.id),
    articleId: asId(row.article_id),
    sourceId: asId(row.source_id),
    scanId: asId(row.scan_id),
    kind: kindShape.parse(row.kind),
    fromRevision: row.from_revision,
    toRevision: row.to_revision,
    significance: significanceShape.parse(row.significance),
    reasons,
    passage: row.passage === null ? null : passageShape.parse(JSON.parse(row.passage)),
    bulkEditId: row.bulk_edit_id === null ? null : asId(row.bulk_edit_id),
    alerts: row.alerts === 1,
    occurredAt: asId(row.occurred_at),
    recordedAt: asId(row.recorded_at),
  };
}
