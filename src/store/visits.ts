import { asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { inStatements } from './insert-rows.ts';
import type { NewRow, Row } from './schema.ts';

/** One answer of a source, as the next visit needs it. */
export type Visit = {
  readonly resource: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentHash: string | null;
  readonly note: string | null;
  readonly draft: string | null;
  readonly isGone: boolean;
  readonly visitedAt: Instant;
};

/**
 * The visits to sources. A visit is open, then waits under the proof of the snapshot that it belongs to, and is
 * settled when the next round's cursor shows that the snapshot was applied.
 */
export type Visits = {
  openRound(
    sourceId: SourceId,
    cursor: string | null,
  ): Promise<{ settled: Visit[]; open: Visit[]; dropped: string[] }>;
  recordVisits(sourceId: SourceId, visits: readonly Visit[]): Promise<void>;
  closeRound(sourceId: SourceId, proof: string): Promise<void>;
};

/** Implements the visits on the database. */
export function createVisits({ db }: Database): Visits {
  return {
    openRound(sourceId, cursor) {
      return db.transaction().execute(async (tx) => {
        const waiting = tx
          .selectFrom('visits')
          .where('source_id', '=', sourceId)
          .where('stage', '=', 'waiting');
        const proofs = await waiting.select('proof').distinct().execute();
        const dropped = proofs.flatMap(({ proof }) => (proof === null || proof === cursor ? [] : [proof]));
        if (proofs.length > dropped.length) {
          // The former visits make room for those that replace them, and for what is gone.
          await tx
            .deleteFrom('visits')
            .where('source_id', '=', sourceId)
            .where('stage', '=', 'settled')
            .where('resource', 'in', waiting.where('proof', '=', cursor).select('resource'))
            .execute();
          await tx
            .updateTable('visits')
            .set({ stage: 'settled', proof: null, draft: null })
            .where('source_id', '=', sourceId)
            .where('stage', '=', 'waiting')
            .where('proof', '=', cursor)
            .where('is_gone', '=', 0)
            .execute();
        }
        await tx
          .deleteFrom('visits')
          .where('source_id', '=', sourceId)
          .where('stage', '=', 'waiting')
          .execute();
        const rows = await tx
          .selectFrom('visits')
          .selectAll()
          .where('source_id', '=', sourceId)
          .orderBy('resource')
          .execute();
        return {
          settled: rows.filter((row) => row.stage === 'settled').map(readVisit),
          open: rows.filter((row) => row.stage === 'open').map(readVisit),
          dropped,
        };
      });
    },
    async recordVisits(sourceId, visits) {
      // One statement can't meet the same row twice: of several visits to a resource the last one counts.
      const latest = [...new Map(visits.map((visit) => [visit.resource, visit])).values()];
      await db.transaction().execute(async (tx) => {
        for (const rows of inStatements(latest.map((visit) => writeVisit(sourceId, visit)))) {
          await tx
            .insertInto('visits')
            .values(rows)
            .onConflict((conflict) =>
              conflict.columns(['source_id', 'resource', 'stage']).doUpdateSet((eb) => ({
                etag: eb.ref('excluded.etag'),
                last_modified: eb.ref('excluded.last_modified'),
                content_hash: eb.ref('excluded.content_hash'),
                note: eb.ref('excluded.note'),
                draft: eb.ref('excluded.draft'),
                is_gone: eb.ref('excluded.is_gone'),
                visited_at: eb.ref('excluded.visited_at'),
              })),
            )
            .execute();
        }
      });
    },
    async closeRound(sourceId, proof) {
      await db
        .updateTable('visits')
        .set({ stage: 'waiting', proof })
        .where('source_id', '=', sourceId)
        .where('stage', '=', 'open')
        .execute();
    },
  };
}

function writeVisit(sourceId: SourceId, visit: Visit): NewRow<'visits'> {
  return {
    source_id: sourceId,
    resource: visit.resource,
    stage: 'open',
    proof: null,
    etag: visit.etag,
    last_modified: visit.lastModified,
    content_hash: visit.contentHash,
    note: visit.note,
    draft: visit.draft,
    is_gone: visit.isGone ? 1 : 0,
    visited_at: visit.visitedAt,
  };
}

function readVisit(row: Row<'visits'>): Visit {
  return {
    resource: row.resource,
    etag: row.etag,
    lastModified: row.last_modified,
    contentHash: row.content_hash,
    note: row.note,
    draft: row.draft,
    isGone: row.is_gone === 1,
    visitedAt: asId<Instant>(row.visited_at),
  };
}
