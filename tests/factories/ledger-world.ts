import type { Transaction } from 'kysely';
import type { Change } from '../../src/knowledge/change.ts';
import {
  type AccountId,
  type ArticleId,
  asId,
  type ChangeId,
  type TechnologyId,
} from '../../src/knowledge/ids.ts';
import type { Database } from '../../src/store/database.ts';
import type { Schema } from '../../src/store/schema.ts';

/** The least that the ledger needs around it, written straight into the tables. */
export type LedgerWorld = {
  readonly database: Database;
  readonly sourceId: number;
  addTechnology(name: string, parentId?: TechnologyId): Promise<TechnologyId>;
  addArticle(title?: string): Promise<ArticleId>;
  /** A change that alerts, material unless told otherwise; `technologies` with all their ancestors. */
  recordChange(change: {
    articleId: ArticleId;
    technologies: readonly TechnologyId[];
    kind?: Change['kind'];
    significance?: Change['significance'];
    alerts?: boolean;
    recordedAt?: number;
    /** JSON, as in the table. */
    reasons?: string;
    passage?: string;
    /** Awaited while the change is written and nobody else can see it. */
    beforeCommit?: () => Promise<void>;
  }): Promise<ChangeId>;
  /** Confirmed, due at once. */
  addAccount(account?: {
    address?: string;
    timeZone?: string;
    digestHour?: number;
    isConfirmed?: boolean;
    nextDigestAt?: number | null;
  }): Promise<AccountId>;
};

let count = 0;
/** Unlike every name before it. */
const name = (noun: string) => `${noun}-${++count}`;

export async function createLedgerWorld(database: Database): Promise<LedgerWorld> {
  const { db } = database;
  const source = await db
    .insertInto('sources')
    .values({
      name: name('source'),
      title: 'Source',
      kind: 'git',
      url: 'https://example.org/kb.git',
      settings: '{}',
      schedule: '0 2 * * *',
      licence: 'CC BY 4.0',
      attribution: 'Example',
      state: 'active',
      cursor: null,
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const scan = await db
    .insertInto('scans')
    .values({ source_id: source.id, state: 'done', started_at: 0, baseline: 0, counts: '{}', warnings: '[]' })
    .returning('id')
    .executeTakeFirstOrThrow();

  return {
    database,
    sourceId: source.id,

    async addTechnology(title, parentId) {
      const row = await db
        .insertInto('technologies')
        .values({
          slug: name('technology'),
          name: title,
          parent_id: parentId ?? null,
          description: '',
          origin: 'seen',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return asId(row.id);
    },

    async addArticle(title) {
      const key = name('article');
      const row = await db
        .insertInto('articles')
        .values({
          source_id: source.id,
          key,
          title: title ?? key,
          external_ids: '[]',
          url: null,
          state: 'active',
          retired_because: null,
          revision: 1,
          created_at: 0,
          changed_at: 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return asId(row.id);
    },

    recordChange: (change) =>
      db.transaction().execute(async (tx) => {
        const kind = change.kind ?? 'revised';
        const row = await tx
          .insertInto('changes')
          .values({
            article_id: change.articleId,
            source_id: source.id,
            scan_id: scan.id,
            kind,
            from_revision: kind === 'created' ? null : 1,
            to_revision: 1,
            significance: change.significance ?? 'material',
            reasons_id: change.reasons === undefined ? null : await recordReasons(tx, change.reasons),
            passage: change.passage ?? null,
            bulk_edit_id: null,
            alerts: change.alerts === false ? 0 : 1,
            occurred_at: change.recordedAt ?? 0,
            recorded_at: change.recordedAt ?? 0,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        if (change.technologies.length > 0) {
          await tx
            .insertInto('change_technologies')
            .values(change.technologies.map((id) => ({ change_id: row.id, technology_id: id })))
            .execute();
        }
        await change.beforeCommit?.();
        return asId<ChangeId>(row.id);
      }),

    async addAccount(account = {}) {
      const address = account.address ?? `${name('reader')}@example.org`;
      const row = await db
        .insertInto('accounts')
        .values({
          address,
          address_key: address.toLowerCase(),
          confirmed_at: account.isConfirmed === false ? null : 0,
          role: 'reader',
          password_hash: null,
          time_zone: account.timeZone ?? 'UTC',
          digest_hour: account.digestHour ?? 7,
          paused: 0,
          next_digest_at: account.nextDigestAt === undefined ? 0 : account.nextDigestAt,
          unsubscribe_secret: name('secret'),
          created_at: 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return asId(row.id);
    },
  };
}

async function recordReasons(tx: Transaction<Schema>, reasons: string): Promise<number> {
  const { id } = await tx
    .insertInto('change_reasons')
    .values({ reasons })
    .onConflict((conflict) => conflict.column('reasons').doUpdateSet({ reasons }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
