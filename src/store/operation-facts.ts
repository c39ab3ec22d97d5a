import { sql } from 'kysely';
import { asId, type ChangeId, type Instant } from '../knowledge/ids.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import { findForeignMigrations } from './migrate.ts';
import { migrations } from './migrations/list.ts';

/** How the work goes, for those who run it: counts and ages, no addresses and no texts. */
export type OperationFacts = {
  /** Active sources; `lastGoodAt`: when the last scan that could read it began, null: never. */
  listSourceLag(): Promise<SourceLag[]>;
  /** Digests and notices by state; those under way with the instant since when the oldest is. */
  listLetterStates(): Promise<LetterState[]>;
  countAttempts(): Promise<{ readonly outcome: string; readonly count: number }[]>;
  /** Accounts whose digest is due and not planned, and since when the longest waits. */
  findPlanningQueue(now: Instant): Promise<{ readonly count: number; readonly oldestAt: Instant | null }>;
  countAccountsDueBefore(instant: number): Promise<number>;
  listHeldScans(): Promise<
    { readonly scanId: number; readonly source: string; readonly startedAt: Instant }[]
  >;
  /** Leases that ran out and that nobody took over or gave back. */
  listStaleLeases(nowMs: number): Promise<{ readonly name: string; readonly expiredAt: Instant }[]>;
  findLastChangeId(): Promise<ChangeId>;
  /** When the last scan began; null: there was none. */
  findLastRecordedAt(): Promise<Instant | null>;
  /** True once the schema is the one that this program knows; throws when the database does not answer. */
  isMigrated(): Promise<boolean>;
};

export type SourceLag = {
  readonly name: string;
  readonly lastGoodAt: Instant | null;
  readonly addedAt: Instant;
  readonly failures: number;
  readonly failingSince: Instant | null;
};

export type LetterState = {
  readonly queue: 'digests' | 'notices';
  readonly state: string;
  readonly count: number;
  /** null for letters that are done. */
  readonly oldestAt: Instant | null;
};

const openStates = ['queued', 'sending', 'deferred'];

export function createOperationFacts({ db }: Pick<Database, 'db'>): OperationFacts {
  return {
    async listSourceLag() {
      const rows = await db
        .selectFrom('sources')
        .leftJoin('source_schedules', 'source_schedules.source_id', 'sources.id')
        .select(['sources.name', 'sources.created_at', 'failures', 'failing_since'])
        .select((eb) =>
          eb
            .selectFrom('scans')
            .select(sql<number | null>`max(started_at)`.as('last'))
            .whereRef('scans.source_id', '=', 'sources.id')
            .where('scans.state', 'in', ['done', 'unchanged'])
            .as('last_good_at'),
        )
        .where('sources.state', '=', 'active')
        .orderBy('sources.name')
        .execute();
      return rows.map((row) => ({
        name: row.name,
        lastGoodAt: row.last_good_at === null ? null : asId<Instant>(Number(row.last_good_at)),
        addedAt: asId<Instant>(row.created_at),
        failures: row.failures ?? 0,
        failingSince: row.failing_since === null ? null : asId<Instant>(row.failing_since),
      }));
    },

    async listLetterStates() {
      const digests = await db
        .selectFrom('deliveries')
        .innerJoin('digests', 'digests.id', 'digest_id')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .select((eb) => eb.fn.min('planned_at').as('oldest'))
        .groupBy('state')
        .orderBy('state')
        .execute();
      const notices = await db
        .selectFrom('notices')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .select((eb) => eb.fn.min('created_at').as('oldest'))
        .groupBy('state')
        .orderBy('state')
        .execute();
      const read = (queue: LetterState['queue'], rows: typeof digests) =>
        rows.map(({ state, count, oldest }) => ({
          queue,
          state,
          count: Number(count),
          oldestAt: openStates.includes(state) ? asId<Instant>(Number(oldest)) : null,
        }));
      return [...read('digests', digests), ...read('notices', notices)];
    },

    async countAttempts() {
      const rows = await db
        .selectFrom('delivery_attempts')
        .select(['outcome', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy('outcome')
        .execute();
      return rows.map((row) => ({ outcome: row.outcome ?? 'open', count: Number(row.count) }));
    },

    async findPlanningQueue(now) {
      const row = await db
        .selectFrom('accounts')
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('next_digest_at').as('oldest')])
        .where('paused', '=', 0)
        .where('confirmed_at', 'is not', null)
        .where('next_digest_at', '<=', now)
        .executeTakeFirstOrThrow();
      return {
        count: Number(row.count),
        oldestAt: row.oldest === null ? null : asId<Instant>(Number(row.oldest)),
      };
    },

    async countAccountsDueBefore(instant) {
      const row = await db
        .selectFrom('accounts')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('paused', '=', 0)
        .where('confirmed_at', 'is not', null)
        .where('next_digest_at', '<=', instant)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async listHeldScans() {
      const rows = await db
        .selectFrom('scans')
        .innerJoin('sources', 'sources.id', 'scans.source_id')
        .select(['scans.id', 'sources.name', 'started_at'])
        .where('scans.state', '=', 'held')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('scans as later')
                .select('later.id')
                .whereRef('later.source_id', '=', 'scans.source_id')
                .whereRef('later.id', '>', 'scans.id')
                .where('later.state', 'in', ['done', 'unchanged', 'held']),
            ),
          ),
        )
        .orderBy('scans.id')
        .execute();
      return rows.map((row) => ({ scanId: row.id, source: row.name, startedAt: asId(row.started_at) }));
    },

    async listStaleLeases(nowMs) {
      const rows = await db
        .selectFrom('leases')
        .select(['name', 'expires_at'])
        .where('expires_at', '>', 0)
        .where('expires_at', '<=', nowMs)
        .orderBy('name')
        .execute();
      return rows.map((row) => ({ name: row.name, expiredAt: asId(row.expires_at) }));
    },

    findLastChangeId: async () => (await findLastChangeId(db)) ?? asId(0),

    async findLastRecordedAt() {
      const row = await db
        .selectFrom('scans')
        .select((eb) => eb.fn.max('started_at').as('last'))
        .executeTakeFirst();
      return row?.last ? asId<Instant>(Number(row.last)) : null;
    },

    async isMigrated() {
      const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db);
      const done = new Set(rows.map((row) => row.name));
      return migrations.every(({ name }) => done.has(name)) && findForeignMigrations(done).length === 0;
    },
  };
}
