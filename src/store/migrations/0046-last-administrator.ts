import type { Migration } from '../migrate.ts';

const refusal = 'the last administrator stays: nobody could give the role back';
const isLast = `old.role = 'administrator' and not exists (
  select 1 from accounts where role = 'administrator' and id <> old.id)`;

/** Nobody takes the role of the last administrator away, nor the account. */
export const lastAdministrator: Migration = {
  name: '0046-last-administrator',
  statements: [
    {
      sqlite: `create trigger last_administrator_keeps_role before update of role on accounts
        when new.role <> 'administrator' and ${isLast} begin select raise(abort, '${refusal}'); end`,
      postgres: `create function keep_last_administrator() returns trigger language plpgsql as $$
        begin
          -- Of two at the same time the second looks when the first has ended.
          perform pg_advisory_xact_lock(7266346);
          if ${isLast} then raise exception '${refusal}'; end if;
          return case tg_op when 'DELETE' then old else new end;
        end $$`,
    },
    {
      sqlite: `create trigger last_administrator_stays before delete on accounts
        when ${isLast} begin select raise(abort, '${refusal}'); end`,
      postgres: `create trigger last_administrator_keeps_role before update of role on accounts
        for each row when (old.role = 'administrator' and new.role <> 'administrator')
        execute function keep_last_administrator()`,
    },
    {
      sqlite: null,
      postgres: `create trigger last_administrator_stays before delete on accounts
        for each row when (old.role = 'administrator') execute function keep_last_administrator()`,
    },
  ],
};
