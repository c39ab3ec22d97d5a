import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type Change, changeKinds, type Reason, significances } from '../knowledge/change.ts';
import { sectionKinds } from '../knowledge/document.ts';
import { asId, type ChangeId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { inChunks, insertRows } from './insert-rows.ts';
import { reserveIds } from './reserve-ids.ts';
import { idOf, type SnapshotsToCommit } from './scan-commit.ts';
import type { NewRow, Schema } from './schema.ts';

/** Held from the numbering of changes to the commit. */
const changeLogLock = 7266302;

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
    async findLastChangeId() {
      const row = await db
        .selectFrom('changes')
        .select((eb) => eb.fn.max('id').as('last'))
        .executeTakeFirst();
      return row?.last ? asId(row.last) : null;
    },
  };
}

/**
 * Writes the changes of snapshots, in order, with their technologies and bulk edits. On PostgreSQL two transactions
 * could number their changes and commit the other way round, and a follower would pass over the late ones: so one
 * transaction at a time numbers changes, until it commits. SQLite has one writer anyway.
 */
export async function recordChanges(
  work: SnapshotsToCommit,
  technologyIds: ReadonlyMap<string, number>,
): Promise<void> {
  const { tx, kind, sourceId, scanId, commit } = work;
  const count = commit.snapshots.reduce((sum, { changes }) => sum + changes.length, 0);
  if (count === 0) return;
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${changeLogLock})`.execute(tx);
  const ids = (await reserveIds({ db: tx, kind }, 'changes', count)).values();
  const reasonsIds = await recordReasons(
    tx,
    commit.snapshots.flatMap(({ changes }) => changes.map(({ reasons }) => packReasons(reasons))),
  );
  const rows: NewRow<'changes'>[] = [];
  const links: NewRow<'change_technologies'>[] = [];
  for (const snapshot of commit.snapshots) {
    const bulkEditIds = await recordBulkEdits(work, snapshot);
    for (const change of snapshot.changes) {
      const id = ids.next().value;
      if (id === undefined) throw new RangeError('Too few numbers were reserved for the changes.');
      rows.push({
        id,
        article_id: change.articleId,
        source_id: sourceId,
        scan_id: scanId,
        kind: change.kind,
        from_revision: change.fromRevision,
        to_revision: change.toRevision,
        significance: change.significance,
        reasons_id: reasonsIds.get(packReasons(change.reasons)) ?? null,
        passage: change.passage && JSON.stringify(change.passage),
        bulk_edit_id: change.bulkEdit === null ? null : (bulkEditIds[change.bulkEdit] ?? null),
        alerts: commit.alerts ? 1 : 0,
        occurred_at: change.occurredAt,
        recorded_at: commit.recordedAt,
      });
      for (const slug of change.technologies) {
        links.push({ change_id: id, technology_id: idOf(technologyIds, slug) });
      }
    }
  }
  await insertRows(tx, 'changes', rows);
  await insertRows(tx, 'change_technologies', links);
}

/** The ids of reasons, those without any left out. */
async function recordReasons(tx: Kysely<Schema>, packed: readonly string[]): Promise<Map<string, number>> {
  const distinct = [...new Set(packed)].filter((reasons) => reasons !== noReasons);
  const ids = new Map<string, number>();
  await insertRows(
    tx,
    'change_reasons',
    distinct.map((reasons) => ({ reasons })),
    { ignoring: 'those that are there' },
  );
  for (const some of inChunks(distinct, 500)) {
    const rows = await tx.selectFrom('change_reasons').selectAll().where('reasons', 'in', some).execute();
    for (const row of rows) ids.set(row.reasons, row.id);
  }
  return ids;
}

const packReasons = (reasons: readonly Reason[]) => JSON.stringify(reasons);
const noReasons = packReasons([]);

async function recordBulkEdits(
  { tx, scanId }: SnapshotsToCommit,
  snapshot: SnapshotsToCommit['commit']['snapshots'][number],
): Promise<number[]> {
  const ids: number[] = [];
  for (const { significance, sentence, articleCount } of snapshot.bulkEdits) {
    const row = await tx
      .insertInto('bulk_edits')
      .values({
        scan_id: scanId,
        significance,
        sentence,
        article_count: articleCount,
        occurred_at: snapshot.asOf,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids.push(row.id);
  }
  return ids;
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
