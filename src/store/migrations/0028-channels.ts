import type { Migration } from '../migrate.ts';

/** Where digests go besides mail, which needs no row: one of its own says that the account does not take it. */
export const channelsOfAccounts: Migration = {
  name: '0028-channels',
  statements: [
    `create table channels (
      id {id}, account_id {int} not null references accounts (id) on delete cascade,
      kind text not null check (kind in ('mail', 'webhook', 'slack', 'teams', 'push')),
      name text not null, target text not null, state text not null, problem text, tested_at {int},
      created_at {int} not null,
      check (case kind when 'mail' then state = 'off' else state in ('untested', 'active', 'paused', 'disabled') end))`,
    `create index channels_by_account on channels (account_id, state, kind)`,
    `create unique index channels_without_mail on channels (account_id) where kind = 'mail'`,
  ],
};
