import type { Migration } from '../migrate.ts';

/** Writing requests that carry an idempotency key, with their answers once there are any. */
export const idempotentRequests: Migration = {
  name: '0037-idempotent-requests',
  statements: [
    `create table idempotent_requests (
      token_id {int} not null references api_tokens (id) on delete cascade, key text not null,
      fingerprint text not null, claimed_at {int} not null, answer text, primary key (token_id, key)) {clustered}`,
    `create index idempotent_requests_by_age on idempotent_requests (claimed_at)`,
  ],
};
