import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { createVisits, type Visits } from './visits.ts';

/** What fetching remembers of hosts, shared by all processes. */
export type HostMemory = {
  recallRobots(origin: string): Promise<{ text: string; readAt: Instant } | null>;
  rememberRobots(origin: string, robots: { text: string; readAt: Instant }): Promise<void>;
  recallRest(host: string): Promise<Instant | null>;
  rememberRest(host: string, until: Instant): Promise<void>;
  /** Takes one request of the host's budget for the night; false when it is spent. Former nights are forgotten. */
  spendRequest(spending: { host: string; night: string; limit: number }): Promise<boolean>;
  recallRedirect(url: string): Promise<string | null>;
  rememberRedirect(redirect: { from: string; to: string; seenAt: Instant }): Promise<void>;
  forgetRedirect(from: string): Promise<void>;
};

/** Longer ones are not worth an index entry. */
const maxRedirectCharacters = 2000;

/** The memory of polite fetching on the database. */
export function createFetchMemory(database: Database): HostMemory & Visits {
  const { db } = database;
  return {
    ...createVisits(database),
    async recallRobots(origin) {
      const row = await db
        .selectFrom('fetched_robots')
        .select(['content', 'read_at'])
        .where('origin', '=', origin)
        .executeTakeFirst();
      return row === undefined ? null : { text: row.content, readAt: asId<Instant>(row.read_at) };
    },
    async rememberRobots(origin, { text, readAt }) {
      const content = text.replaceAll('\0', ' ');
      await db
        .insertInto('fetched_robots')
        .values({ origin, content, read_at: readAt })
        .onConflict((conflict) => conflict.column('origin').doUpdateSet({ content, read_at: readAt }))
        .execute();
    },
    async recallRest(host) {
      const row = await db
        .selectFrom('host_rests')
        .select('rests_until')
        .where('host', '=', host)
        .executeTakeFirst();
      return row === undefined ? null : asId<Instant>(row.rests_until);
    },
    async rememberRest(host, until) {
      await db
        .insertInto('host_rests')
        .values({ host, rests_until: until })
        .onConflict((conflict) => conflict.column('host').doUpdateSet({ rests_until: until }))
        .execute();
    },
    async spendRequest({ host, night, limit }) {
      if (limit <= 0) return false;
      const spent = await db
        .insertInto('host_spending')
        .values({ host, night, requests: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['host', 'night'])
            .doUpdateSet((eb) => ({ requests: eb('host_spending.requests', '+', 1) }))
            .where('host_spending.requests', '<', limit),
        )
        .returning('requests')
        .executeTakeFirst();
      if (spent?.requests === 1) {
        await db.deleteFrom('host_spending').where('host', '=', host).where('night', '<', night).execute();
      }
      return spent !== undefined;
    },
    async recallRedirect(url) {
      const row = await db
        .selectFrom('permanent_redirects')
        .select('to_url')
        .where('from_url', '=', url)
        .executeTakeFirst();
      return row?.to_url ?? null;
    },
    async rememberRedirect({ from, to, seenAt }) {
      if (from.length > maxRedirectCharacters || to.length > maxRedirectCharacters) return;
      await db
        .insertInto('permanent_redirects')
        .values({ from_url: from, to_url: to, seen_at: seenAt })
        .onConflict((conflict) => conflict.column('from_url').doUpdateSet({ to_url: to, seen_at: seenAt }))
        .execute();
    },
    async forgetRedirect(from) {
      await db.deleteFrom('permanent_redirects').where('from_url', '=', from).execute();
    },
  };
}
