import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** An address that must not be mailed, by its key, and why. */
export type Suppression = {
  readonly addressKey: string;
  /** `hard-bounce`, `complaint`, `by-hand` … */
  readonly reason: string;
  readonly detail: string;
  readonly createdAt: Instant;
};

export type SuppressionStore = {
  /** The first reason stays. Tells whether it is new. */
  suppress(suppression: Suppression): Promise<boolean>;
  findSuppression(addressKey: string): Promise<Suppression | null>;
  /** Tells whether there was one. */
  lift(addressKey: string): Promise<boolean>;
  /** Newest first. */
  listSuppressions(limit: number): Promise<Suppression[]>;
};

export function createSuppressionStore({ db }: Pick<Database, 'db'>): SuppressionStore {
  const select = db
    .selectFrom('suppressions')
    .select(['address_key as addressKey', 'reason', 'detail', 'created_at as createdAt']);
  return {
    async suppress({ addressKey, reason, detail, createdAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('suppressions')
        .values({ address_key: addressKey, reason, detail, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async findSuppression(addressKey) {
      const row = await select.where('address_key', '=', addressKey).executeTakeFirst();
      return row ? { ...row, createdAt: asId(row.createdAt) } : null;
    },
    async lift(addressKey) {
      const { numDeletedRows } = await db
        .deleteFrom('suppressions')
        .where('address_key', '=', addressKey)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async listSuppressions(limit) {
      const rows = await select.orderBy('created_at', 'desc').orderBy('address_key').limit(limit).execute();
      return rows.map((row) => ({ ...row, createdAt: asId(row.createdAt) }));
    },
  };
}
