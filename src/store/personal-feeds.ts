import type { PersonalFeeds } from '../alerts/personal-feeds.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { feedOwner, hashFeedSecret } from './seal-existing.ts';
import { SealError, type Sealer } from './sealer.ts';

/** The secrets of personal feeds; see PersonalFeeds for what each function answers. */
export function createPersonalFeeds({ db }: Pick<Database, 'db'>, sealer: Sealer): PersonalFeeds {
  return {
    async findSecret(accountId) {
      const row = await db
        .selectFrom('personal_feeds')
        .select('secret')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (row === undefined) return null;
      // One whose key is lost still leads to its owner, and can be replaced.
      return sealer.open(row.secret, feedOwner(accountId)).catch((error: unknown) => {
        if (error instanceof SealError) return null;
        throw error;
      });
    },
    async keepSecret(accountId, secret, now) {
      const row = {
        secret: await sealer.seal(secret, feedOwner(accountId)),
        secret_hash: hashFeedSecret(secret),
        created_at: now,
      };
      await db
        .insertInto('personal_feeds')
        .values({ account_id: accountId, ...row })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
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
        .where('secret_hash', '=', hashFeedSecret(secret))
        .executeTakeFirst();
      return row === undefined ? null : asId(row.account_id);
    },
  };
}
