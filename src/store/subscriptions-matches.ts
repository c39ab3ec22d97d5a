import type { SavedSearchLog } from '../alerts/match-saved-searches.ts';
import { asId } from '../knowledge/ids.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import { insertRows } from './insert-rows.ts';

const position = 'saved-searches-matched-through';

/** How far saved searches were matched; see SavedSearchLog for what each function answers. */
export function createSavedSearchLog({ db }: Pick<Database, 'db'>): SavedSearchLog {
  const findPosition = async (): Promise<number> => {
    const row = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', position)
      .executeTakeFirst();
    return Number(row?.value ?? 0);
  };
  return {
    async listChangesToMatch(limit) {
      const after = await findPosition();
      const last = (await findLastChangeId(db)) ?? 0;
      if (last <= after) return null;
      const rows = await db
        .selectFrom('changes')
        .select(['id', 'article_id'])
        .where('alerts', '=', 1)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      const through = rows.length < limit ? last : rows.at(-1)?.id;
      return {
        changes: rows.map((row) => ({ id: asId(row.id), articleId: asId(row.article_id) })),
        through: asId(through ?? after),
      };
    },

    async listSavedSearches({ after, limit }) {
      const rows = await db
        .selectFrom('subscriptions')
        .select(['id', 'query', 'after_change_id'])
        .where('query', 'is not', null)
        .where('id', '>', after ?? asId(0))
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: asId(row.id),
        query: row.query ?? '',
        afterChangeId: asId(row.after_change_id),
      }));
    },

    keepMatches: (matches, through) =>
      db.transaction().execute(async (tx) => {
        // A search or a source may have been removed while its matches were looked for.
        const ids = [...new Set(matches.map((match) => match.subscriptionId))];
        const alive = new Set<number>();
        for (let start = 0; start < ids.length; start += 500) {
          const some = ids.slice(start, start + 500);
          const rows = await tx.selectFrom('subscriptions').select('id').where('id', 'in', some).execute();
          for (const row of rows) alive.add(row.id);
        }
        const rows = matches
          .filter((match) => alive.has(match.subscriptionId))
          .map((match) => ({ subscription_id: match.subscriptionId, change_id: match.changeId }));
        await insertRows(tx, 'saved_search_matches', rows, { ignoring: 'those that are there' });
        await tx
          .insertInto('settings')
          .values({ name: position, value: String(through) })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(through) }))
          .execute();
      }),
  };
}
