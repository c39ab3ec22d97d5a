import type { Generated } from 'kysely';

/** Tokens of the API, and what was done with them. */
export type ApiTables = {
  api_tokens: ApiTokensTable;
  idempotent_requests: IdempotentRequestsTable;
};

type ApiTokensTable = {
  id: Generated<number>;
  account_id: number;
  name: string;
  token_hash: string;
  /** How the secret begins. */
  hint: string;
  /** A JSON list. */
  scopes: string;
  created_at: number;
  expires_at: number;
  /** To the hour. */
  used_at: Generated<number | null>;
  revoked_at: Generated<number | null>;
};

type IdempotentRequestsTable = {
  token_id: number;
  key: string;
  /** Hash of method, path and body. */
  fingerprint: string;
  claimed_at: number;
  /** JSON with status, headers and body; null: under way. */
  answer: string | null;
};
