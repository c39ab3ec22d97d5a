import type { PersonalFeeds } from '../alerts/personal-feeds.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** The secrets of personal feeds; see PersonalFeeds for what each function answers. */
export function createPersonalFeeds({ db }: Pick<Database, 'db'>): PersonalFeeds {
  return {
    async findSecret(accountId) {
      const row = await db
        .selectFrom('personal_feeds')
        .select('secret')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row?.secret ?? null;
    },
    async keepSecret(accountId, secret, now) {
      await db
        .insertInto('personal_feeds')
        .values({ account_id: accountId, secret, created_at: now })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ secret, created_at: now }))
        .execute();
    },
    async revokeSecret(accountId) {
      const removed = await db
        .deleteFrom('personal_feeds')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
    async findOwner(secret) {
      const row = await db
        .selectFrom('personal_feeds')
        .select('account_id')
        .where('secret', '=', secret)
        .executeTakeFirst();
      return row === undefined ? null : asId(row.account_id);
    },
  };
}
