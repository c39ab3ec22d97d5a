import type { Migration } from '../migrate.ts';

/** What is wrong with the installation, who was told of it, and when each administrator was mailed last. */
export const troubles: Migration = {
  name: '0039-troubles',
  statements: [
    `create table troubles (name text not null primary key, sentence text not null, since {int} not null)`,
    `create table told_troubles (
      account_id {int} not null references accounts (id) on delete cascade,
      trouble text not null references troubles (name) on delete cascade,
      primary key (account_id, trouble)) {clustered}`,
    `create table trouble_mails (
      account_id {int} not null primary key references accounts (id) on delete cascade, mailed_at {int} not null)`,
  ],
};
