import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AlertHistory, MatchedChange, PastDigest } from '../alerts/alert-history.ts';
import { asId, type SubscriptionId } from '../knowledge/ids.ts';
import { addArticles } from './archive-changes.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import { listToldFeedback, listUntoldFeedback } from './digests-feedback.ts';
import { selectMatchesOfAccount, selectUntoldOfAccount } from './digests-untold.ts';
import type { Schema } from './schema.ts';

type Match = { change_id: number; subscription_id: number };

/** Reads what subscriptions matched, will tell and told; see AlertHistory. */
export function createAlertHistory({ kind, db }: Pick<Database, 'db' | 'kind'>): AlertHistory {
  const loadMatched = async (matches: RawBuilder<unknown>, limit: number): Promise<MatchedChange[]> => {
    const { rows } = await sql<Match>`
      select distinct m.change_id, m.subscription_id from (${matches}) m
      where m.change_id in (select l.change_id from (${matches}) l group by l.change_id
        order by l.change_id desc limit ${limit})
      order by m.change_id desc, m.subscription_id`.execute(db);
    const byChange = Map.groupBy(rows, (row) => row.change_id);
    if (byChange.size === 0) return [];
    const changes = await db
      .selectFrom('changes')
      .selectAll()
      .where('id', 'in', [...byChange.keys()])
      .orderBy('id', 'desc')
      .execute();
    return (await addArticles(db, changes)).map((change) => ({
      ...change,
      subscriptionIds: (byChange.get(change.id) ?? []).map((row) =>
        asId<SubscriptionId>(row.subscription_id),
      ),
    }));
  };

  return {
    listMatches: ({ accountId, since, limit }) =>
      loadMatched(selectMatchesOfAccount(since, accountId), limit),

    async countMatches(accountId, since) {
      const { rows } = await sql<{ subscription_id: number; changes: number }>`
        select m.subscription_id, count(distinct m.change_id) as changes
        from (${selectMatchesOfAccount(since, accountId)}) m group by m.subscription_id`.execute(db);
      return new Map(rows.map((row) => [asId<SubscriptionId>(row.subscription_id), Number(row.changes)]));
    },

    async listUntold(accountId, limit) {
      const through = (await findLastChangeId(db)) ?? 0;
      return loadMatched(selectUntoldOfAccount(kind, through, accountId), limit);
    },

    listUntoldFeedback: (accountId, limit) => listUntoldFeedback(db, accountId, limit),

    async listDigests(accountId, limit, before) {
      let query = selectDigests(db).where('d.account_id', '=', accountId);
      if (before !== undefined) {
        // By instant: whoever moves west may get an earlier date later.
        query = query.where('d.planned_at', '<', (eb) =>
          eb
            .selectFrom('digests')
            .select('planned_at')
            .where('account_id', '=', accountId)
            .where('local_date', '=', before),
        );
      }
      const rows = await query.orderBy('d.planned_at', 'desc').limit(limit).execute();
      return rows.map(readDigest);
    },

    async findDigest(accountId, localDate) {
      const row = await selectDigests(db)
        .where('d.account_id', '=', accountId)
        .where('d.local_date', '=', localDate)
        .executeTakeFirst();
      if (row === undefined) return null;
      const changes = await db
        .selectFrom('changes')
        .innerJoin('digest_changes', 'digest_changes.change_id', 'changes.id')
        .selectAll('changes')
        .where('digest_changes.account_id', '=', accountId)
        .where('digest_changes.digest_id', '=', row.id)
        .orderBy('changes.id', 'desc')
        .execute();
      return {
        ...readDigest(row),
        told: await addArticles(db, changes),
        feedback: await listToldFeedback(db, row.id),
      };
    },
  };
}

function selectDigests(db: Kysely<Schema>) {
  return (
    db
      .selectFrom('digests as d')
      // Mail comes first where there is any.
      .leftJoin('deliveries as v', (join) =>
        join.on('v.id', '=', (eb) =>
          eb
            .selectFrom('deliveries as one')
            .select((least) => least.fn.min('one.id').as('id'))
            .whereRef('one.digest_id', '=', 'd.id'),
        ),
      )
      .select(['d.id', 'd.local_date', 'd.planned_at', 'v.state'])
      .select((eb) =>
        eb
          .selectFrom('digest_changes as c')
          .select((count) => count.fn.countAll<number>().as('changes'))
          .whereRef('c.account_id', '=', 'd.account_id')
          .whereRef('c.digest_id', '=', 'd.id')
          .as('changes'),
      )
      .select((eb) =>
        eb
          .selectFrom('digest_feedback as f')
          .select((count) => count.fn.countAll<number>().as('readers'))
          .whereRef('f.digest_id', '=', 'd.id')
          .as('readers'),
      )
  );
}

function readDigest(row: {
  id: number;
  local_date: string;
  planned_at: number;
  state: string | null;
  changes: number | null;
  readers: number | null;
}): PastDigest {
  return {
    id: asId(row.id),
    localDate: row.local_date,
    plannedAt: asId(row.planned_at),
    changes: row.changes ?? 0,
    readers: row.readers ?? 0,
    deliveryState: row.state,
  };
}
