import { hash } from 'node:crypto';
import type { Database } from './database.ts';
import { isSealed, type Sealer } from './sealer.ts';

/** For whom a row is sealed. */
export const channelOwner = (accountId: number) => `channel of account ${accountId}`;
export const feedOwner = (accountId: number) => `feeds of account ${accountId}`;

/** 256 random bits need no salt. */
export const hashFeedSecret = (secret: string) => hash('sha256', secret);

/**
 * Hashes and seals what an older version kept as it was. Any number of processes may do it at once; does nothing, and
 * needs no key, where there is nothing to do. Returns how many rows were sealed. Throws SealError; hashes are kept then.
 */
export async function sealExisting({ db }: Pick<Database, 'db'>, sealer: Sealer): Promise<number> {
  const feeds = await db.selectFrom('personal_feeds').selectAll().where('secret_hash', 'is', null).execute();
  for (const { account_id, secret } of feeds) {
    await db
      .updateTable('personal_feeds')
      .set({ secret_hash: hashFeedSecret(secret) })
      .where('account_id', '=', account_id)
      .where('secret', '=', secret)
      .execute();
  }
  let count = 0;
  const open = await db
    .selectFrom('personal_feeds')
    .selectAll()
    .where('secret', 'not like', 'sealed:%')
    .execute();
  for (const { account_id, secret } of open) {
    if (isSealed(secret)) continue;
    const sealed = await sealer.seal(secret, feedOwner(account_id));
    await db
      .updateTable('personal_feeds')
      .set({ secret: sealed })
      .where('account_id', '=', account_id)
      .where('secret', '=', secret)
      .execute();
    count += 1;
  }
  const channels = await db
    .selectFrom('channels')
    .select(['id', 'account_id', 'target'])
    .where('kind', '<>', 'mail')
    .where('target', 'not like', 'sealed:%')
    .execute();
  for (const { id, account_id, target } of channels) {
    const sealed = await sealer.seal(target, channelOwner(account_id));
    await db
      .updateTable('channels')
      .set({ target: sealed })
      .where('id', '=', id)
      .where('target', '=', target)
      .execute();
    count += 1;
  }
  return count;
}

/** For a key that is lost: removes all channels besides mail, and forgets the key. Returns how many there were. */
export function forgetSealed({ db }: Pick<Database, 'db'>, keyName: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const removed = await tx.deleteFrom('channels').where('kind', '<>', 'mail').executeTakeFirst();
    await tx.deleteFrom('settings').where('name', '=', keyName).execute();
    return Number(removed.numDeletedRows);
  });
}
