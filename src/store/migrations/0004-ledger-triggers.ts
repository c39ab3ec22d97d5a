import type { Migration } from '../migrate.ts';

/**
 * The change log is numbered in the order of commits: whoever has seen change 100 has seen all up to 100 that there
 * will ever be, so that the log can be followed by number. SQLite has one writer at a time; on PostgreSQL writers of
 * the log take turns, from taking a number to their commit. A number that comes too late is refused on both.
 *
 * What a digest told goes with the digest.
 */
export const ledgerTriggers: Migration = {
  name: '0004-ledger-triggers',
  statements: [
    {
      sqlite: `create trigger changes_in_order after insert on changes
        when exists (select 1 from changes where id > new.id)
        begin select raise(abort, 'the change log is numbered in the order of commits'); end`,
      postgres: `create function lock_change_log() returns trigger language plpgsql as $$
        begin perform pg_advisory_xact_lock(7266302); return null; end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger changes_take_turns before insert on changes
        for each statement execute function lock_change_log()`,
    },
    {
      sqlite: null,
      postgres: `create function check_change_log_order() returns trigger language plpgsql as $$
        begin
          if exists (select 1 from changes where id > (select min(id) from added) and id not in (select id from added))
          then raise exception 'the change log is numbered in the order of commits'; end if;
          return null;
        end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger changes_in_order after insert on changes referencing new table as added
        for each statement execute function check_change_log_order()`,
    },
    {
      sqlite: `create trigger digests_take_their_changes after delete on digests
        begin delete from digest_changes where account_id = old.account_id and digest_id = old.id; end`,
      postgres: `create function delete_changes_of_digest() returns trigger language plpgsql as $$
        begin delete from digest_changes where account_id = old.account_id and digest_id = old.id; return null; end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger digests_take_their_changes after delete on digests
        for each row execute function delete_changes_of_digest()`,
    },
  ],
};
