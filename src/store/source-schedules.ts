import { asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** When sources are visited; every worker asks, and the lease of a scan lets one of them go. */
export type SourceSchedules = {
  /** Active sources whose time has come, those that somebody asked for first. */
  listDue(now: Instant): Promise<DueSource[]>;
  /** Active sources that have no schedule yet, such as new ones. */
  listUnscheduled(): Promise<{ name: string; sourceId: SourceId; schedule: string }[]>;
  /** When it comes next. `failures` in a row: 0 ends the trouble, more begins it at `now` or goes on. */
  setNext(sourceId: SourceId, next: { nextScanAt: Instant; failures: number; now: Instant }): Promise<void>;
  /** Lets the next worker that looks scan the source; false: there is none of that name. */
  request(name: string, now: Instant): Promise<boolean>;
  /** null: it is paused, or was never scheduled. */
  findNextScanAt(name: string): Promise<Instant | null>;
  countFailures(): Promise<{ name: string; failures: number }[]>;
};

export type DueSource = {
  readonly sourceId: SourceId;
  readonly name: string;
  readonly schedule: string;
  readonly failures: number;
};

/** Implements the schedule on the database. */
export function createSourceSchedules({ db }: Database): SourceSchedules {
  return {
    async listDue(now) {
      const rows = await db
        .selectFrom('source_schedules')
        .innerJoin('sources', 'sources.id', 'source_schedules.source_id')
        .select(['source_id', 'name', 'schedule', 'failures', 'requested_at'])
        .where((eb) =>
          eb.or([
            eb('requested_at', 'is not', null),
            eb.and([eb('next_scan_at', '<=', now), eb('sources.state', '=', 'active')]),
          ]),
        )
        .orderBy('next_scan_at')
        .execute();
      return rows
        .sort((a, b) => Number(b.requested_at !== null) - Number(a.requested_at !== null))
        .map((row) => ({
          sourceId: asId<SourceId>(row.source_id),
          name: row.name,
          schedule: row.schedule,
          failures: row.failures,
        }));
    },
    async listUnscheduled() {
      const rows = await db
        .selectFrom('sources')
        .leftJoin('source_schedules', 'sources.id', 'source_schedules.source_id')
        .select(['sources.id', 'name', 'schedule'])
        .where('source_schedules.source_id', 'is', null)
        .where('sources.state', '=', 'active')
        .execute();
      return rows.map((row) => ({
        name: row.name,
        sourceId: asId<SourceId>(row.id),
        schedule: row.schedule,
      }));
    },
    async setNext(sourceId, { nextScanAt, failures, now }) {
      const failingSince = failures === 0 ? null : now;
      await db
        .insertInto('source_schedules')
        .values({
          source_id: sourceId,
          next_scan_at: nextScanAt,
          requested_at: null,
          failures,
          failing_since: failingSince,
          told_at: null,
        })
        .onConflict((conflict) =>
          conflict.column('source_id').doUpdateSet((eb) => ({
            next_scan_at: nextScanAt,
            requested_at: null,
            failures,
            failing_since:
              failures === 0 ? null : eb.fn.coalesce('source_schedules.failing_since', eb.val(failingSince)),
            told_at: failures === 0 ? null : eb.ref('source_schedules.told_at'),
          })),
        )
        .execute();
    },
    async request(name, now) {
      const source = await db.selectFrom('sources').select('id').where('name', '=', name).executeTakeFirst();
      if (!source) return false;
      await db
        .insertInto('source_schedules')
        .values({
          source_id: source.id,
          next_scan_at: now,
          requested_at: now,
          failures: 0,
          failing_since: null,
          told_at: null,
        })
        .onConflict((conflict) => conflict.column('source_id').doUpdateSet({ requested_at: now }))
        .execute();
      return true;
    },
    async findNextScanAt(name) {
      const row = await db
        .selectFrom('source_schedules')
        .innerJoin('sources', 'sources.id', 'source_schedules.source_id')
        .select('next_scan_at')
        .where('name', '=', name)
        .where('sources.state', '=', 'active')
        .executeTakeFirst();
      return row ? asId<Instant>(row.next_scan_at) : null;
    },
    async countFailures() {
      return db
        .selectFrom('source_schedules')
        .innerJoin('sources', 'sources.id', 'source_schedules.source_id')
        .select(['name', 'failures'])
        .where('failures', '>', 0)
        .orderBy('name')
        .execute();
    },
  };
}
