import { type TokenPurpose, type TokenStore, tokenPurposes } from '../accounts/token.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** The rows of tokens. */
export function createTokenStore({ db }: Pick<Database, 'db'>): TokenStore {
  return {
    async insertToken(token) {
      await db
        .insertInto('tokens')
        .values({
          token_hash: token.tokenHash,
          purpose: token.purpose,
          account_id: token.accountId,
          payload: token.payload,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          used_at: token.usedAt,
        })
        .execute();
    },
    async findToken(tokenHash) {
      const row = await db
        .selectFrom('tokens')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      const purpose = row && readPurpose(row.purpose);
      if (row === undefined || purpose === undefined) return null;
      return {
        tokenHash: row.token_hash,
        purpose,
        accountId: row.account_id === null ? null : asId(row.account_id),
        payload: row.payload,
        createdAt: asId(row.created_at),
        expiresAt: asId(row.expires_at),
        usedAt: row.used_at === null ? null : asId(row.used_at),
      };
    },
    async claimToken(tokenHash, now) {
      const { numUpdatedRows } = await db
        .updateTable('tokens')
        .set({ used_at: now })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async deleteTokens({ purpose, accountId }) {
      await db
        .deleteFrom('tokens')
        .where('purpose', '=', purpose)
        .where('account_id', accountId === null ? 'is' : '=', accountId)
        .execute();
    },
    async deleteExpiredTokens(before) {
      return Number(
        (await db.deleteFrom('tokens').where('expires_at', '<', before).executeTakeFirst()).numDeletedRows,
      );
    },
  };
}

function readPurpose(text: string): TokenPurpose | undefined {
  return tokenPurposes.find((purpose) => purpose === text);
}
