import type { Kysely } from 'kysely';
import { asId, type ScanId } from '../knowledge/ids.ts';
import type {
  OpenScanRequest,
  ScanEnding,
  ScanLedger,
  ScanSession,
} from '../knowledge/scanning/scan-ledger.ts';
import type { Scan } from '../knowledge/source.ts';
import type { Database } from './database.ts';
import { loadKnownArticles } from './known-articles.ts';
import { acquireLease, assertLease, type Lease, nameHolder, releaseLease, renewLease } from './leases.ts';
import { reserveIds } from './reserve-ids.ts';
import { loadNewestPacked, unpackAll } from './revisions.ts';
import { commitSnapshots } from './scan-commit.ts';
import { findScan, readScan } from './scans.ts';
import type { Schema } from './schema.ts';
import { readSource } from './sources.ts';
import { listTechnologies } from './technologies.ts';
import { loadTechnologyRules } from './technology-rules.ts';

/** A scan that stops renewing for so long may be taken over by another process. */
const defaultLeaseMs = 60_000;

/** Keeps scans in the database; one at a time for each source, also when several processes share the database. */
export function createScanLedger(
  database: Database,
  { leaseMs = defaultLeaseMs }: { readonly leaseMs?: number } = {},
): ScanLedger {
  const { db } = database;
  return {
    async openScan(request) {
      const name = `scan:${request.sourceId}`;
      const acquired = await acquireLease(db, { name, holder: nameHolder(), durationMs: leaseMs });
      if (acquired.kind === 'held') return { kind: 'busy', holder: acquired.holder };
      try {
        return {
          kind: 'opened',
          session: await startSession(database, request, { lease: acquired.lease, leaseMs }),
        };
      } catch (error) {
        await releaseLease(db, acquired.lease).catch(() => {}); // it runs out by itself; the first error is told
        throw error;
      }
    },
    findScan: (id) => findScan(db, id),
    async findSourceOf(id) {
      const row = await db
        .selectFrom('sources')
        .innerJoin('scans', 'scans.source_id', 'sources.id')
        .where('scans.id', '=', id)
        .selectAll('sources')
        .executeTakeFirst();
      return row ? readSource(row) : null;
    },
  };
}

async function startSession(
  database: Database,
  request: OpenScanRequest,
  { lease, leaseMs }: { readonly lease: Lease; readonly leaseMs: number },
): Promise<ScanSession> {
  const { db, kind } = database;
  const { sourceId } = request;
  const { scanId, cursor, hasOnlyHistory } = await startScan(db, request, lease);
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    renewLease(db, lease, leaseMs).then(
      (isOurs) =>
        isOurs || lost.abort(new Error(`Another process took over the scan of source ${sourceId}.`)),
      () => {}, // a busy or unreachable database: the next beat tries again, and the commit checks the fence
    );
  }, leaseMs / 4);
  heartbeat.unref();

  return {
    scanId,
    cursor,
    hasOnlyHistory,
    signal: lost.signal,
    loadKnownArticles: () => loadKnownArticles(db, sourceId),
    async loadPublished(ids) {
      const contents = await unpackAll(db, sourceId, await loadNewestPacked(db, ids));
      return new Map([...contents].map(([id, { published }]) => [id, published]));
    },
    reserveArticleIds: (count) =>
      db
        .transaction()
        .execute(async (tx) => (await reserveIds({ db: tx, kind }, 'articles', count)).map((id) => asId(id))),
    listTechnologies: () => listTechnologies(db),
    listTechnologyRules: () => loadTechnologyRules(db, sourceId),
    async commit(commit) {
      const scan = await db.transaction().execute(async (tx) => {
        await assertLease(tx, lease);
        await commitSnapshots({ tx, kind, sourceId, scanId, commit });
        if (commit.isLast) await releaseLease(tx, lease);
        return readScan(
          await tx.selectFrom('scans').selectAll().where('id', '=', scanId).executeTakeFirstOrThrow(),
        );
      });
      if (commit.isLast) clearInterval(heartbeat);
      return scan;
    },
    async end(ending) {
      clearInterval(heartbeat);
      return db.transaction().execute(async (tx) => {
        await assertLease(tx, lease);
        const scan = await endScan(tx, scanId, ending);
        await releaseLease(tx, lease);
        return scan;
      });
    },
  };
}

async function startScan(db: Kysely<Schema>, request: OpenScanRequest, lease: Lease) {
  const { sourceId, depth, startedAt } = request;
  return db.transaction().execute(async (tx) => {
    await assertLease(tx, lease);
    await tx
      .updateTable('scans')
      .set({ state: 'failed', ended_at: startedAt, problem: brokenOff })
      .where('source_id', '=', sourceId)
      .where('state', '=', 'running')
      .execute();
    const source = await tx
      .selectFrom('sources')
      .select('cursor')
      .where('id', '=', sourceId)
      .executeTakeFirstOrThrow();
    const other = await tx
      .selectFrom('scans')
      .select('id')
      .where('source_id', '=', sourceId)
      .where('depth', '=', 'latest')
      .where('proof', 'is not', null)
      .where('state', '=', 'done')
      .executeTakeFirst();
    const scan = await tx
      .insertInto('scans')
      .values({
        source_id: sourceId,
        state: 'running',
        started_at: startedAt,
        ended_at: null,
        as_of: null,
        baseline: source.cursor === null || depth === 'history' ? 1 : 0,
        proof: null,
        article_count: null,
        counts: '{}',
        problem: null,
        warnings: '[]',
        depth,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { scanId: asId<ScanId>(scan.id), cursor: source.cursor, hasOnlyHistory: !other };
  });
}

async function endScan(db: Kysely<Schema>, id: ScanId, ending: ScanEnding): Promise<Scan> {
  const { state, endedAt, problem, warnings, seen } = ending;
  const row = await db
    .updateTable('scans')
    .set({
      state,
      ended_at: endedAt,
      problem,
      warnings: JSON.stringify(warnings),
      ...(seen && { as_of: seen.asOf, proof: seen.proof, article_count: seen.articleCount }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return readScan(row);
}

const brokenOff =
  'The process that ran this scan ended before it was done. Whole snapshots that it had kept by then are kept; ' +
  'the next scan goes on from there.';
