import type { Migration } from '../migrate.ts';

/**
 * A delivery that is planned pays less for rules that rarely concern it. Only a team can be without a mailbox, and few
 * accounts are teams: on SQLite they are asked first, on PostgreSQL once for all rows of a statement. What was never
 * attempted is kept out of the index of what is under way by its first condition.
 */
export const planningCheaper: Migration = {
  name: '0052-planning-cheaper',
  statements: [
    {
      sqlite: `drop trigger teams_without_mailbox_get_no_mail`,
      postgres: `drop trigger teams_without_mailbox_get_no_mail on deliveries`,
    },
    {
      sqlite: `create trigger teams_without_mailbox_get_no_mail after insert on deliveries
        when new.channel = 'mail' and exists (select 1 from teams where account_id = new.account_id)
          and (select address from accounts where id = new.account_id) = ''
        begin delete from deliveries where id = new.id; end`,
      postgres: `create or replace function skip_mail_without_mailbox() returns trigger language plpgsql as $$
        begin
          delete from deliveries where id in (select n.id from added n join teams t on t.account_id = n.account_id
            join accounts a on a.id = n.account_id where n.channel = 'mail' and a.address = '');
          return null;
        end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger teams_without_mailbox_get_no_mail after insert on deliveries
        referencing new table as added for each statement execute function skip_mail_without_mailbox()`,
    },
    `drop index deliveries_under_way`,
    `create index deliveries_being_attempted on deliveries (account_id)
      where attempts > 0 and state in ('queued', 'sending', 'deferred')`,
  ],
};
