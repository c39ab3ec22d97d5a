import type { Generated, Insertable, Selectable } from 'kysely';

/**
 * The tables, the same on both databases. Instants are milliseconds (integer), booleans 0 or 1,
 * structured values JSON text, ids integers from the database. Column names are snake_case as in SQL.
 */
export type Schema = {
  sources: SourcesTable;
  source_schedules: SourceSchedulesTable;
  scans: ScansTable;
  articles: ArticlesTable;
  article_aliases: ArticleAliasesTable;
  article_technologies: ArticleTechnologiesTable;
  revisions: RevisionsTable;
  newest_contents: NewestContentsTable;
  revision_deltas: RevisionDeltasTable;
  included_texts: IncludedTextsTable;
  change_reasons: ChangeReasonsTable;
  changes: ChangesTable;
  change_technologies: ChangeTechnologiesTable;
  alert_topics: AlertTopicsTable;
  bulk_edits: BulkEditsTable;
  technologies: TechnologiesTable;
  technology_names: TechnologyNamesTable;
  accounts: AccountsTable;
  sessions: SessionsTable;
  tokens: TokensTable;
  subscriptions: SubscriptionsTable;
  saved_search_matches: SavedSearchMatchesTable;
  digests: DigestsTable;
  digest_changes: DigestChangesTable;
  deliveries: DeliveriesTable;
  delivery_messages: DeliveryMessagesTable;
  delivery_attempts: DeliveryAttemptsTable;
  notices: NoticesTable;
  suppressions: SuppressionsTable;
  leases: LeasesTable;
  settings: SettingsTable;
  rate_limits: RateLimitsTable;
  fetched_robots: FetchedRobotsTable;
  host_rests: HostRestsTable;
  host_spending: HostSpendingTable;
  permanent_redirects: PermanentRedirectsTable;
  visits: VisitsTable;
  remedy_reports: RemedyReportsTable;
};

type SourcesTable = {
  id: Generated<number>;
  name: string;
  title: string;
  kind: string;
  url: string;
  settings: string;
  schedule: string;
  licence: string;
  attribution: string;
  state: string;
  /** Proof of the last snapshot applied; null before the first. */
  cursor: string | null;
  created_at: number;
};

type SourceSchedulesTable = {
  source_id: number;
  next_scan_at: number;
  /** Somebody asked for a scan now; null: nobody. */
  requested_at: number | null;
  /** Scans in a row that failed, and since when. */
  failures: number;
  failing_since: number | null;
  /** When administrators were told that it fails; null: not yet. */
  told_at: number | null;
};

type ScansTable = {
  id: Generated<number>;
  source_id: number;
  state: string;
  started_at: number;
  ended_at: number | null;
  as_of: number | null;
  baseline: number;
  proof: string | null;
  article_count: number | null;
  counts: string;
  problem: string | null;
  warnings: string;
  /** `latest` or `history`: what was asked of the source. */
  depth: Generated<string>;
};

type ArticlesTable = {
  id: Generated<number>;
  source_id: number;
  key: string;
  title: string;
  external_ids: string;
  url: string | null;
  state: string;
  retired_because: string | null;
  revision: number;
  created_at: number;
  changed_at: number;
};

type ArticleAliasesTable = { article_id: number; source_id: number; kind: string; value: string };
type ArticleTechnologiesTable = { article_id: number; technology_id: number };

type RevisionsTable = {
  article_id: number;
  number: number;
  captured_at: number;
  /** null: that of the next revision, and of the newest one that of the article. */
  title: string | null;
  vendor_date: string | null;
  vendor_revision: string | null;
  /** SHA-256 of the published text. */
  content_hash: Uint8Array;
};

/**
 * The content of the newest revision of each article, and that of each older one as difference from its successor
 * (revision-codec.ts). Apart from `revisions`, so that a content that gives way to its difference leaves no hole there.
 */
type NewestContentsTable = { article_id: number; content: Uint8Array };
type RevisionDeltasTable = { article_id: number; number: number; content: Uint8Array };

/** What articles include, each text once for a source however many include it; `content` is zstd. */
type IncludedTextsTable = { source_id: number; hash: string; content: Uint8Array };

type ChangesTable = {
  id: Generated<number>;
  article_id: number;
  source_id: number;
  scan_id: number;
  kind: string;
  from_revision: number | null;
  to_revision: number;
  significance: string;
  /** null: none. */
  reasons_id: number | null;
  passage: string | null;
  bulk_edit_id: number | null;
  alerts: number;
  occurred_at: number;
  recorded_at: number;
};

/** Reasons as JSON; many changes have the same ones. */
type ChangeReasonsTable = { id: Generated<number>; reasons: string };

/** The technologies that a change concerns, each with all its ancestors: written at the scan, so matching is a join. */
type ChangeTechnologiesTable = { change_id: number; technology_id: number };

/** Derived by triggers: each change that alerts, under all that can be followed and each threshold it reaches. */
type AlertTopicsTable = { topic_kind: string; topic_id: number; threshold: string; change_id: number };

type BulkEditsTable = {
  id: Generated<number>;
  scan_id: number;
  significance: string;
  sentence: string;
  article_count: number;
  occurred_at: number;
};

type TechnologiesTable = {
  id: Generated<number>;
  slug: string;
  name: string;
  parent_id: number | null;
  description: string;
  origin: string;
};
/** Every name and alias in its normal form → its technology. */
type TechnologyNamesTable = { normal_name: string; name: string; technology_id: number };

type AccountsTable = {
  id: Generated<number>;
  address: string;
  /** The address in the form in which two are the same person's. */
  address_key: string;
  confirmed_at: number | null;
  role: string;
  password_hash: string | null;
  time_zone: string;
  /** Local hour of the digest, 0 to 23. */
  digest_hour: number;
  paused: number;
  /** The instant from which the next digest may be planned; derived from zone, hour and the last digest. */
  next_digest_at: number | null;
  /** Every change up to here was looked at for this account's digests; null before its first subscription. */
  told_through: number | null;
  unsubscribe_secret: string;
  created_at: number;
};

type SessionsTable = {
  token_hash: string;
  account_id: number;
  created_at: number;
  seen_at: number;
  expires_at: number;
  user_agent: string;
};
/** One-time secrets sent by mail or printed at the first start: `confirm`, `sign-in`, `first-administrator`. */
type TokensTable = {
  token_hash: string;
  purpose: string;
  account_id: number | null;
  payload: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
};

type SubscriptionsTable = {
  id: Generated<number>;
  account_id: number;
  /** `technology`, `search`, `article` or `source`. */
  kind: string;
  technology_id: number | null;
  article_id: number | null;
  source_id: number | null;
  query: string | null;
  /** `new`: created only; else the least significance. */
  threshold: string;
  created_at: number;
  /** The last change in the log when it was made: later ones are told. */
  after_change_id: number;
};
/** Derived: which changes a saved search matched and no digest has considered yet. */
type SavedSearchMatchesTable = { subscription_id: number; change_id: number };

/**
 * The ledger. (account_id, local_date) is unique; each digest names its predecessor, no two the same one,
 * and is at least 20 hours after it: all three are constraints.
 */
type DigestsTable = {
  id: Generated<number>;
  account_id: number;
  /** `YYYY-MM-DD` in the account's zone at planning. */
  local_date: string;
  time_zone: string;
  planned_at: number;
  previous_planned_at: number | null;
};
/**
 * What was told: unique (account_id, change_id). Rows go with their digest (a trigger); they reference nothing, since
 * checking a reference costs more than the row, and what was told stays told when a source is removed.
 */
type DigestChangesTable = {
  digest_id: number;
  account_id: number;
  change_id: number;
  /** Why it was told: the subscription that matched, or one of them. */
  subscription_id: number;
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
/** What a delivery sends: rendered once before the first attempt, the same bytes ever after; zstd. */
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

type SuppressionsTable = { address_key: string; reason: string; detail: string; created_at: number };
/** Work that one process does at a time. `fence` grows with each holder. */
type LeasesTable = { name: string; holder: string; fence: number; expires_at: number };
type SettingsTable = { name: string; value: string };
/** Uses counted in the window that ends at `window_ends_at`, shared by all processes. */
type RateLimitsTable = { name: string; key: string; window_ends_at: number; uses: number };

type FetchedRobotsTable = { origin: string; content: string; read_at: number };
/** Until when a host wants no visit. */
type HostRestsTable = { host: string; rests_until: number };
type HostSpendingTable = { host: string; night: string; requests: number };
type PermanentRedirectsTable = { from_url: string; to_url: string; seen_at: number };
/** `settled` visits count; `open` ones are of a round under way, `waiting` ones of a snapshot handed over as `proof`. */
type VisitsTable = {
  source_id: number;
  resource: string;
  stage: string;
  proof: string | null;
  etag: string | null;
  last_modified: string | null;
  content_hash: string | null;
  note: string | null;
  draft: string | null;
  is_gone: number;
  visited_at: number;
};

/** What readers tell of remedies; the last word of an account counts. */
type RemedyReportsTable = {
  remedy_id: string;
  mode: string;
  account_id: number;
  outcome: string;
  reported_at: number;
};

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>;
