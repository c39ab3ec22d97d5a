import type { RateLimits } from '../accounts/rate-limits.ts';
import type { Database } from './database.ts';

/** Rate limits that all processes of this database share: one statement counts and resets. */
export function createRateLimits({ db }: Pick<Database, 'db'>): RateLimits {
  return {
    async takePermits({ name, key, limit, windowMs, now, permits = 1 }) {
      const windowEndsAt = now + windowMs;
      const row = await db
        .insertInto('rate_limits')
        .values({ name, key, window_ends_at: windowEndsAt, uses: permits })
        .onConflict((conflict) =>
          conflict.columns(['name', 'key']).doUpdateSet((eb) => {
            // A window that ends later than one that begins now was made before the clock was set back.
            const isOver = eb.or([
              eb('rate_limits.window_ends_at', '<=', now),
              eb('rate_limits.window_ends_at', '>', windowEndsAt),
            ]);
            return {
              window_ends_at: eb
                .case()
                .when(isOver)
                .then(windowEndsAt)
                .else(eb.ref('rate_limits.window_ends_at'))
                .end(),
              uses: eb
                .case()
                .when(isOver)
                .then(permits)
                .else(eb('rate_limits.uses', '+', permits))
                .end(),
            };
          }),
        )
        .returning(['uses', 'window_ends_at'])
        .executeTakeFirstOrThrow();
      const endsInMs = Math.max(1, row.window_ends_at - now);
      if (row.uses <= limit) return { kind: 'granted', left: limit - row.uses, endsInMs };
      return { kind: 'limited', retryAfterMs: endsInMs };
    },
    async deleteEndedWindows(now) {
      return Number(
        (await db.deleteFrom('rate_limits').where('window_ends_at', '<=', now).executeTakeFirst())
          .numDeletedRows,
      );
    },
  };
}
