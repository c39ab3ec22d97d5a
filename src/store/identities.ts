import type { Selectable } from 'kysely';
import type { Identity, IdentityStore } from '../accounts/provider/identity.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** The rows of identities; see IdentityStore for what each function answers. */
export function createIdentityStore({ db }: Pick<Database, 'db'>): IdentityStore {
  return {
    async insertIdentity({ issuer, subject, accountId, label, createdAt, usedAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('identities')
        .values({ issuer, subject, account_id: accountId, label, created_at: createdAt, used_at: usedAt })
        .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async findIdentity(issuer, subject) {
      const row = await db
        .selectFrom('identities')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row === undefined ? null : readIdentity(row);
    },
    async listIdentities(accountId) {
      const rows = await db
        .selectFrom('identities')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at')
        .orderBy('subject')
        .execute();
      return rows.map(readIdentity);
    },
    async keepIdentityUse(issuer, subject, usedAt) {
      await db
        .updateTable('identities')
        .set({ used_at: usedAt })
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .execute();
    },
    async deleteIdentity(accountId, issuer, subject) {
      const { numDeletedRows } = await db
        .deleteFrom('identities')
        .where('account_id', '=', accountId)
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}

function readIdentity(row: Selectable<Schema['identities']>): Identity {
  return {
    issuer: row.issuer,
    subject: row.subject,
    accountId: asId(row.account_id),
    label: row.label,
    createdAt: asId(row.created_at),
    usedAt: asId(row.used_at),
  };
}
