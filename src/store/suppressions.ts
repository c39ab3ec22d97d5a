import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

/** An address that must not be mailed, by its key, and why. */
export type Suppression = {
  readonly addressKey: string;
  /** `hard-bounce`, `soft-bounces`, `complaint`, `by-hand` … */
  readonly reason: string;
  readonly detail: string;
  readonly createdAt: Instant;
  /** When it ends by itself; absent or null: never. */
  readonly expiresAt?: Instant | null;
};

/** Why returned mail suppresses; whoever opens a link that went to the address shows that it counts no more. */
export const bounceReasons = ['hard-bounce', 'soft-bounces'] as const;

export type SuppressionStore = {
  /** The first reason stays, unless it would end by itself and the new one does not. Tells whether it is new. */
  suppress(suppression: Suppression): Promise<boolean>;
  findSuppression(addressKey: string): Promise<Suppression | null>;
  /** Tells whether there was one. */
  lift(addressKey: string): Promise<boolean>;
  /** Lifts one that came from bounces, not from a complaint or by hand. Tells whether there was one. */
  liftBounces(addressKey: string): Promise<boolean>;
  /** Returns how many ended. */
  deleteExpiredSuppressions(now: Instant): Promise<number>;
  /** Newest first. */
  listSuppressions(limit: number): Promise<Suppression[]>;
};

export function createSuppressionStore({ db }: Pick<Database, 'db'>): SuppressionStore {
  const select = db
    .selectFrom('suppressions')
    .select([
      'address_key as addressKey',
      'reason',
      'detail',
      'created_at as createdAt',
      'expires_at as expiresAt',
    ]);
  return {
    async suppress({ addressKey, reason, detail, createdAt, expiresAt = null }) {
      const row = { reason, detail, created_at: createdAt, expires_at: expiresAt };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('suppressions')
        .values({ address_key: addressKey, ...row })
        .onConflict((conflict) => {
          if (expiresAt !== null) return conflict.doNothing();
          const ofSoft = conflict.column('address_key').doUpdateSet(row);
          return ofSoft.where('suppressions.expires_at', 'is not', null);
        })
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async findSuppression(addressKey) {
      const row = await select.where('address_key', '=', addressKey).executeTakeFirst();
      return row ? toSuppression(row) : null;
    },
    async lift(addressKey) {
      const { numDeletedRows } = await db
        .deleteFrom('suppressions')
        .where('address_key', '=', addressKey)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async liftBounces(addressKey) {
      const { numDeletedRows } = await db
        .deleteFrom('suppressions')
        .where('address_key', '=', addressKey)
        .where('reason', 'in', bounceReasons)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async deleteExpiredSuppressions(now) {
      const { numDeletedRows } = await db
        .deleteFrom('suppressions')
        .where('expires_at', '<=', now)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async listSuppressions(limit) {
      const rows = await select.orderBy('created_at', 'desc').orderBy('address_key').limit(limit).execute();
      return rows.map(toSuppression);
    },
  };
}

function toSuppression(row: {
  addressKey: string;
  reason: string;
  detail: string;
  createdAt: number;
  expiresAt: number | null;
}): Suppression {
  return {
    ...row,
    createdAt: asId(row.createdAt),
    expiresAt: row.expiresAt === null ? null : asId(row.expiresAt),
  };
}
