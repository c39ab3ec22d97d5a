import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { asId, type ScanId, type SourceId } from '../knowledge/ids.ts';
import type { Scan } from '../knowledge/source.ts';
import type { Schema } from './schema.ts';

const stateShape = z.enum(['running', 'done', 'unchanged', 'failed', 'held']);
const countsShape = z.record(z.string(), z.number());
const warningsShape = z.array(z.string());

export function readScan(row: Selectable<Schema['scans']>): Scan {
  const { ended_at, as_of } = row;
  return {
    id: asId(row.id),
    sourceId: asId(row.source_id),
    state: stateShape.parse(row.state),
    startedAt: asId(row.started_at),
    endedAt: ended_at === null ? null : asId(ended_at),
    asOf: as_of === null ? null : asId(as_of),
    baseline: row.baseline === 1,
    proof: row.proof,
    articleCount: row.article_count,
    counts: countsShape.parse(JSON.parse(row.counts)),
    problem: row.problem,
    warnings: warningsShape.parse(JSON.parse(row.warnings)),
  };
}

export async function findScan(db: Kysely<Schema>, id: ScanId): Promise<Scan | null> {
  const row = await db.selectFrom('scans').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? readScan(row) : null;
}

/** Newest first. */
export async function listScans(
  db: Kysely<Schema>,
  {
    sourceId,
    before,
    limit,
  }: { readonly sourceId?: SourceId; readonly before?: ScanId; readonly limit: number },
): Promise<Scan[]> {
  let query = db.selectFrom('scans').selectAll().orderBy('id', 'desc').limit(limit);
  if (sourceId !== undefined) query = query.where('source_id', '=', sourceId);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.execute()).map(readScan);
}
