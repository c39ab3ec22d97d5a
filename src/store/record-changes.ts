import { type Kysely, sql } from 'kysely';
import type { Reason } from '../knowledge/change.ts';
import { inChunks, insertRows } from './insert-rows.ts';
import { idOf } from './record-technologies.ts';
import { reserveIds } from './reserve-ids.ts';
import type { NewRow, Schema } from './schema.ts';
import type { SnapshotsToCommit } from './snapshots-to-commit.ts';

/** Held from the numbering of changes to the commit. */
const changeLogLock = 7266302;

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
