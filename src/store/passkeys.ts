import type { Selectable } from 'kysely';
import type { Passkey, PasskeyStore } from '../accounts/passkeys/passkey.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** The rows of passkeys; see PasskeyStore for what each function answers. */
export function createPasskeyStore({ db }: Pick<Database, 'db'>): PasskeyStore {
  return {
    async insertPasskey(passkey) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('passkeys')
        .values({
          credential_id: passkey.credentialId,
          account_id: passkey.accountId,
          user_handle: passkey.userHandle,
          public_key: Buffer.from(passkey.publicKey),
          counter: passkey.counter,
          transports: JSON.stringify(passkey.transports),
          name: passkey.name,
          synced: passkey.isSynced ? 1 : 0,
          created_at: passkey.createdAt,
          used_at: passkey.usedAt,
        })
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async findPasskey(credentialId) {
      const row = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('credential_id', '=', credentialId)
        .executeTakeFirst();
      return row === undefined ? null : readPasskey(row);
    },
    async listPasskeys(accountId) {
      const rows = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at')
        .orderBy('credential_id')
        .execute();
      return rows.map(readPasskey);
    },
    async keepUse(credentialId, { counter, isSynced, usedAt }) {
      const { numUpdatedRows } = await db
        .updateTable('passkeys')
        .set({ counter, synced: isSynced ? 1 : 0, used_at: usedAt })
        .where('credential_id', '=', credentialId)
        // An authenticator that does not count stays at 0.
        .where('counter', counter === 0 ? '=' : '<', counter)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async deletePasskeys(accountId) {
      const { numDeletedRows } = await db
        .deleteFrom('passkeys')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async deletePasskey(accountId, credentialId) {
      const row = await db
        .deleteFrom('passkeys')
        .where('account_id', '=', accountId)
        .where('credential_id', '=', credentialId)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : readPasskey(row);
    },
  };
}

function readPasskey(row: Selectable<Schema['passkeys']>): Passkey {
  const transports: unknown = JSON.parse(row.transports);
  return {
    credentialId: row.credential_id,
    accountId: asId(row.account_id),
    userHandle: row.user_handle,
    publicKey: new Uint8Array(row.public_key),
    counter: row.counter,
    transports: Array.isArray(transports) ? transports.map(String) : [],
    name: row.name,
    isSynced: row.synced === 1,
    createdAt: asId(row.created_at),
    usedAt: row.used_at === null ? null : asId(row.used_at),
  };
}
