import type { Migration } from '../migrate.ts';

const [idleMs, wholeMs] = [14 * 86_400_000, 30 * 86_400_000];

/** Sessions end 30 days after they began, and 14 days after they were last seen: also those that there are. */
export const sessionLifetime: Migration = {
  name: '0047-session-lifetime',
  statements: [
    `update sessions set expires_at = seen_at + ${idleMs} where expires_at > seen_at + ${idleMs}`,
    `update sessions set expires_at = created_at + ${wholeMs} where expires_at > created_at + ${wholeMs}`,
  ],
};
