import type { Selectable } from 'kysely';
import { type Session, type SessionStore, signInMethods } from '../accounts/session.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** The rows of sessions. */
export function createSessionStore({ db }: Pick<Database, 'db'>): SessionStore {
  return {
    async insertSession(session) {
      await db
        .insertInto('sessions')
        .values({
          token_hash: session.tokenHash,
          account_id: session.accountId,
          created_at: session.createdAt,
          seen_at: session.seenAt,
          expires_at: session.expiresAt,
          user_agent: session.userAgent,
          proven_at: session.provenAt,
          method: session.method,
        })
        .execute();
    },
    async findSession(tokenHash) {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row === undefined ? null : readSession(row);
    },
    async touchSession(tokenHash, { seenAt, expiresAt }) {
      await db
        .updateTable('sessions')
        .set({ seen_at: seenAt, expires_at: expiresAt })
        .where('token_hash', '=', tokenHash)
        .execute();
    },
    async deleteSession(tokenHash) {
      await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
    },
    async deleteSessionOf(accountId, tokenHash) {
      const { numDeletedRows } = await db
        .deleteFrom('sessions')
        .where('token_hash', '=', tokenHash)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async deleteSessions(accountId, keepTokenHash) {
      let query = db.deleteFrom('sessions').where('account_id', '=', accountId);
      if (keepTokenHash !== null) query = query.where('token_hash', '!=', keepTokenHash);
      return Number((await query.executeTakeFirst()).numDeletedRows);
    },
    async listSessions(accountId) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('seen_at', 'desc')
        .orderBy('token_hash')
        .execute();
      return rows.map(readSession);
    },
    async deleteExpiredSessions(now) {
      return Number(
        (await db.deleteFrom('sessions').where('expires_at', '<=', now).executeTakeFirst()).numDeletedRows,
      );
    },
  };
}

function readSession(row: Selectable<Schema['sessions']>): Session {
  return {
    tokenHash: row.token_hash,
    accountId: asId(row.account_id),
    createdAt: asId(row.created_at),
    seenAt: asId(row.seen_at),
    expiresAt: asId(row.expires_at),
    userAgent: row.user_agent,
    provenAt: asId(row.proven_at),
    method: signInMethods.find((method) => method === row.method) ?? 'link',
  };
}
