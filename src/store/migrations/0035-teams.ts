import type { Migration } from '../migrate.ts';

/**
 * A team has an account of its own that signs nobody in: subscriptions, the ledger and channels are the same as a
 * person's. Its address is that of a shared mailbox, or empty: then nothing is mailed and the digest is on the site.
 */
export const teams: Migration = {
  name: '0035-teams',
  statements: [
    `alter table accounts add column kind text not null default 'person' check (kind in ('person', 'team'))`,
    `create table teams (
      id {id}, account_id {int} not null unique references accounts (id) on delete cascade, slug text not null unique,
      name text not null, created_at {int} not null)`,
    `create table team_members (
      team_id {int} not null references teams (id) on delete cascade,
      account_id {int} not null references accounts (id) on delete cascade,
      role text not null check (role in ('owner', 'member')), wants_report {int} not null, joined_at {int} not null,
      primary key (team_id, account_id))`,
    `create index team_members_by_account on team_members (account_id)`,
    `create table team_invitations (
      id {id}, team_id {int} not null references teams (id) on delete cascade, address text not null,
      address_key text not null, token_hash text not null unique,
      invited_by {int} references accounts (id) on delete set null,
      created_at {int} not null, expires_at {int} not null, unique (team_id, address_key))`,
    `create table team_marks (
      id {id}, team_id {int} not null references teams (id) on delete cascade,
      digest_id {int} not null references digests (id) on delete cascade, article_id {int} not null,
      state text not null check (state in ('open', 'seen', 'assigned', 'done', 'not-relevant')),
      assigned_to {int} references accounts (id) on delete set null,
      marked_by {int} references accounts (id) on delete set null, marked_at {int} not null)`,
    `create index team_marks_by_entry on team_marks (team_id, digest_id, article_id, id)`,
    `create index team_marks_by_time on team_marks (team_id, marked_at)`,
    `create table team_reports (
      id {id}, team_id {int} not null references teams (id) on delete cascade, week text not null,
      from_at {int} not null, to_at {int} not null, entries {int} not null, done {int} not null,
      not_relevant {int} not null, still_open {int} not null, made_at {int} not null, unique (team_id, week),
      check (to_at > from_at))`,
    `create table team_report_letters (
      report_id {int} not null references team_reports (id) on delete cascade,
      account_id {int} not null references accounts (id) on delete cascade, queued_at {int} not null,
      primary key (report_id, account_id))`,
    {
      sqlite: `create trigger teams_sign_nobody_in before insert on sessions
        when (select kind from accounts where id = new.account_id) = 'team'
        begin select raise(abort, 'a team signs nobody in'); end`,
      postgres: `create function refuse_session_of_team() returns trigger language plpgsql as $$
        begin
          if (select kind from accounts where id = new.account_id) = 'team'
          then raise exception 'a team signs nobody in'; end if;
          return new;
        end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger teams_sign_nobody_in before insert on sessions
        for each row execute function refuse_session_of_team()`,
    },
    {
      sqlite: `create trigger teams_without_mailbox_get_no_mail before insert on deliveries
        when new.channel = 'mail' and (select address from accounts where id = new.account_id) = ''
        begin select raise(ignore); end`,
      postgres: `create function skip_mail_without_mailbox() returns trigger language plpgsql as $$
        begin
          if (select address from accounts where id = new.account_id) = '' then return null; end if;
          return new;
        end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger teams_without_mailbox_get_no_mail before insert on deliveries
        for each row when (new.channel = 'mail') execute function skip_mail_without_mailbox()`,
    },
  ],
};
