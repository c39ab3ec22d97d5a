import type { Generated } from 'kysely';

/** What is sent, how often it was tried, and to whom nothing may be sent. */
export type DeliveryTables = {
  deliveries: DeliveriesTable;
  delivery_messages: DeliveryMessagesTable;
  delivery_attempts: DeliveryAttemptsTable;
  notices: NoticesTable;
  suppressions: SuppressionsTable;
  bounces: BouncesTable;
  paused_domains: PausedDomainsTable;
};

type DeliveriesTable = {
  id: Generated<number>;
  digest_id: number;
  account_id: number;
  /** `mail` (SMTP or outbox), later `webhook`, `chat` … */
  channel: string;
  /** queued | sending | accepted | deferred | failed | void (nothing was left to say) */
  state: string;
  /** Filled with the message: the address that it goes to, and what it is called. */
  address: string | null;
  /** Of the address, so that whole domains can be passed over. */
  domain: string | null;
  subject: string | null;
  /** null: not rendered yet. */
  message_id: string | null;
  attempts: number;
  next_attempt_at: number;
  lease_token: string | null;
  lease_until: number | null;
  ended_at: number | null;
  problem: string | null;
};

/** What a delivery sends: rendered once before the first attempt, the same bytes ever after; packed. */
type DeliveryMessagesTable = { delivery_id: number; content: Uint8Array };

type DeliveryAttemptsTable = {
  id: Generated<number>;
  delivery_id: number;
  number: number;
  started_at: number;
  ended_at: number | null;
  outcome: string | null;
  response: string | null;
};

/** Mail that is no digest: confirmations, sign-in links, notes to administrators. Same states as deliveries. */
type NoticesTable = {
  id: Generated<number>;
  account_id: number | null;
  address: string;
  address_key: string;
  kind: string;
  subject: string;
  state: string;
  message_id: string;
  message: Uint8Array;
  attempts: number;
  created_at: number;
  next_attempt_at: number;
  lease_token: string | null;
  lease_until: number | null;
  ended_at: number | null;
  problem: string | null;
};

type SuppressionsTable = {
  address_key: string;
  reason: string;
  detail: string;
  created_at: number;
  /** null: for good, until somebody lifts it. */
  expires_at: number | null;
};

/** What came back or was refused: hard | soft | policy | complaint. */
type BouncesTable = {
  id: Generated<number>;
  address_key: string;
  domain: string;
  kind: string;
  reason: string;
  status: string | null;
  diagnostic: string;
  received_at: number;
};

/** Domains that refuse us, which get no digests until then; `pauses` counts how often in a row. */
type PausedDomainsTable = {
  domain: string;
  reason: string;
  diagnostic: string;
  paused_at: number;
  paused_until: number;
  pauses: number;
};
