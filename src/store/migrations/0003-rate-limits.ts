import type { Migration } from '../migrate.ts';

/** Counted uses per window, together for all processes. An ended window's row is reused or removed. */
export const rateLimitsTable: Migration = {
  name: '0003-rate-limits',
  statements: [
    `create table rate_limits (
      name text not null, key text not null, window_ends_at {int} not null, uses {int} not null,
      primary key (name, key))`,
  ],
};
