import type { Migration } from '../migrate.ts';

/** The secret in the addresses of an account's own feeds; none: it has no such feeds. */
export const personalFeedSecrets: Migration = {
  name: '0027-personal-feeds',
  statements: [
    `create table personal_feeds (
      account_id {int} not null primary key references accounts (id) on delete cascade,
      secret text not null unique, created_at {int} not null)`,
  ],
};
