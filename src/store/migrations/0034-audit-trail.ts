import type { Migration } from '../migrate.ts';

const refusal = 'the audit trail is only ever added to';

/**
 * What was done with rights: each entry carries the hash of the one before. Nothing references accounts, since an
 * account that is deleted must not take its entries along; entries hold numbers, not addresses.
 */
export const auditTrail: Migration = {
  name: '0034-audit-trail',
  statements: [
    `create table audit_entries (
      id {id}, at {int} not null, actor_kind text not null check (actor_kind in ('account', 'operator', 'program')),
      actor_id {int}, action text not null, subject text not null, detail text not null,
      previous_hash text not null unique, hash text not null unique,
      check ((actor_kind = 'account') = (actor_id is not null)))`,
    `create index audit_entries_by_action on audit_entries (action, id)`,
    {
      sqlite: `create trigger audit_entries_never_change before update on audit_entries
        begin select raise(abort, '${refusal}'); end`,
      postgres: `create function refuse_audit_edit() returns trigger language plpgsql as $$
        begin raise exception '${refusal}'; end $$`,
    },
    {
      sqlite: `create trigger audit_entries_never_go before delete on audit_entries
        begin select raise(abort, '${refusal}'); end`,
      postgres: `create trigger audit_entries_never_change before update or delete on audit_entries
        for each row execute function refuse_audit_edit()`,
    },
    {
      sqlite: null,
      postgres: `create trigger audit_entries_never_go before truncate on audit_entries
        for each statement execute function refuse_audit_edit()`,
    },
  ],
};
