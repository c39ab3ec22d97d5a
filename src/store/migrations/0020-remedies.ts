import type { Migration } from '../migrate.ts';

/** How remedies went, as readers tell it: one word an account for each remedy and mode. */
export const remedyReports: Migration = {
  name: '0020-remedies',
  statements: [
    `create table remedy_reports (
      remedy_id text not null, mode text not null, account_id {int} not null references accounts (id) on delete cascade,
      outcome text not null check (outcome in ('fixed', 'partly', 'not-fixed')), reported_at {int} not null,
      primary key (remedy_id, mode, account_id))`,
    `create index remedy_reports_by_account on remedy_reports (account_id)`,
  ],
};
