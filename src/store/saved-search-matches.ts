import { asId, type ChangeId, type SubscriptionId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { inChunks } from './insert-rows.ts';

/** Which changes saved searches matched; written while the change log is followed. */
export type SavedSearchMatches = {
  /** Up to which change saved searches were matched. The first time it is where the log ends. */
  readThrough(): Promise<ChangeId>;
  /** Keeps matches and how far the log was followed, in one transaction; what is there already stays. */
  recordMatches(step: {
    readonly matches: readonly { subscriptionId: SubscriptionId; changeId: ChangeId }[];
    readonly through: ChangeId;
  }): Promise<void>;
};

const name = 'saved-searches-matched-through';

export function createSavedSearchMatches({ db }: Pick<Database, 'db'>): SavedSearchMatches {
  return {
    async readThrough() {
      const kept = await db
        .selectFrom('settings')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      if (kept) return asId(Number(kept.value));
      // A saved search that is there already tells what came after it was made.
      const { first, last } = await db
        .selectNoFrom((eb) => [
          eb
            .selectFrom('subscriptions')
            .where('kind', '=', 'search')
            .select((inner) => inner.fn.min('after_change_id').as('first'))
            .as('first'),
          eb
            .selectFrom('changes')
            .select((inner) => inner.fn.max('id').as('last'))
            .as('last'),
        ])
        .executeTakeFirstOrThrow();
      return asId(first ?? last ?? 0);
    },

    async recordMatches({ matches, through }) {
      await db.transaction().execute(async (tx) => {
        const rows = matches.map(({ subscriptionId, changeId }) => ({
          subscription_id: subscriptionId,
          change_id: changeId,
        }));
        for (const some of inChunks(rows, 500)) {
          await tx
            .insertInto('saved_search_matches')
            .values(some)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
        await tx
          .insertInto('settings')
          .values({ name, value: String(through) })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(through) }))
          .execute();
      });
    },
  };
}
