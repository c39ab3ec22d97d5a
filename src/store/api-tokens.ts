import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type ApiToken, type ApiTokenStore, apiScopes } from '../accounts/api-tokens/api-token.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** The rows of tokens; see ApiTokenStore for what each function answers. */
export function createApiTokenStore({ db }: Pick<Database, 'db'>): ApiTokenStore {
  return {
    async insertApiToken({ tokenHash, ...token }) {
      const row = await db
        .insertInto('api_tokens')
        .values({
          account_id: token.accountId,
          name: token.name,
          token_hash: tokenHash,
          hint: token.hint,
          scopes: JSON.stringify(token.scopes),
          created_at: token.createdAt,
          expires_at: token.expiresAt,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return readApiToken(row);
    },
    async findApiToken(tokenHash) {
      const row = await db
        .selectFrom('api_tokens')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row === undefined ? null : readApiToken(row);
    },
    async listApiTokens(accountId) {
      const rows = await db
        .selectFrom('api_tokens')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('id', 'desc')
        .execute();
      return rows.map(readApiToken);
    },
    async noteUse(id, usedAt) {
      await db.updateTable('api_tokens').set({ used_at: usedAt }).where('id', '=', id).execute();
    },
    async revokeApiToken(accountId, id, now) {
      const { numUpdatedRows } = await db
        .updateTable('api_tokens')
        .set({ revoked_at: now })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async revokeApiTokens(accountId, now) {
      const { numUpdatedRows } = await db
        .updateTable('api_tokens')
        .set({ revoked_at: now })
        .where('account_id', '=', accountId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async deleteEndedApiTokens(before) {
      const { numDeletedRows } = await db
        .deleteFrom('api_tokens')
        .where((eb) => eb.or([eb('expires_at', '<', before), eb('revoked_at', '<', before)]))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

const scopesShape = z.array(z.enum(apiScopes));

function readApiToken(row: Selectable<Schema['api_tokens']>): ApiToken {
  const instantOrNull = (value: number | null) => (value === null ? null : asId<Instant>(value));
  return {
    id: asId(row.id),
    accountId: asId(row.account_id),
    name: row.name,
    hint: row.hint,
    scopes: scopesShape.parse(JSON.parse(row.scopes)),
    createdAt: asId(row.created_at),
    expiresAt: asId(row.expires_at),
    usedAt: instantOrNull(row.used_at),
    revokedAt: instantOrNull(row.revoked_at),
  };
}
