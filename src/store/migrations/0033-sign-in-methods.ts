import type { Migration } from '../migrate.ts';

/** Passkeys, identities at a provider, and when a session's person last proved to be present, and how. */
export const signInMethods: Migration = {
  name: '0033-sign-in-methods',
  statements: [
    `create table passkeys (
      credential_id text not null primary key, account_id {int} not null references accounts (id) on delete cascade,
      user_handle text not null, public_key {bytes} not null, counter {int} not null check (counter >= 0),
      transports text not null, name text not null, synced {int} not null, created_at {int} not null, used_at {int})`,
    `create index passkeys_by_account on passkeys (account_id)`,
    `create table identities (
      issuer text not null, subject text not null, account_id {int} not null references accounts (id) on delete cascade,
      label text not null, created_at {int} not null, used_at {int} not null, primary key (issuer, subject))`,
    `create index identities_by_account on identities (account_id)`,
    `alter table sessions add column proven_at {int} not null default 0`,
    `alter table sessions add column method text not null default 'link'`,
    `update sessions set proven_at = created_at`,
  ],
};
