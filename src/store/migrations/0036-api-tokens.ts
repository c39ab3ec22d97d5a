import type { Migration } from '../migrate.ts';

/** Secrets with which programs act for accounts; only their hashes are kept. `scopes` is a JSON list. */
export const apiTokens: Migration = {
  name: '0036-api-tokens',
  statements: [
    `create table api_tokens (
      id {id}, account_id {int} not null references accounts (id) on delete cascade, name text not null,
      token_hash text not null unique, hint text not null, scopes text not null, created_at {int} not null,
      expires_at {int} not null check (expires_at > created_at), used_at {int}, revoked_at {int})`,
    `create index api_tokens_by_account on api_tokens (account_id)`,
  ],
};
