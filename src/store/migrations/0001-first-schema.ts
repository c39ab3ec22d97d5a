import type { Migration } from '../migrate.ts';

/** Tables of knowledge, accounts, the digest ledger and delivery. `{id}`, `{int}`, `{bytes}`: see migrate.ts. */
export const firstSchema: Migration = {
  name: '0001-first-schema',
  statements: [
    `create table sources (
      id {id}, name text not null unique, title text not null, kind text not null, url text not null,
      settings text not null, schedule text not null, licence text not null, attribution text not null,
      state text not null check (state in ('active', 'paused')), cursor text, created_at {int} not null)`,
    `create table scans (
      id {id}, source_id {int} not null references sources (id) on delete cascade,
      state text not null check (state in ('running', 'done', 'unchanged', 'failed', 'held')),
      started_at {int} not null, ended_at {int}, as_of {int}, baseline {int} not null, proof text,
      article_count {int}, counts text not null, problem text, warnings text not null,
      depth text not null default 'latest' check (depth in ('latest', 'history')))`,
    `create index scans_by_source on scans (source_id, id)`,
    `create table articles (
      id {id}, source_id {int} not null references sources (id) on delete cascade, key text not null,
      title text not null, external_ids text not null, url text,
      state text not null check (state in ('active', 'retired')), retired_because text,
      revision {int} not null, created_at {int} not null, changed_at {int} not null)`,
    `create unique index articles_active_key on articles (source_id, key) where state = 'active'`,
    `create table article_aliases (
      article_id {int} not null references articles (id) on delete cascade, source_id {int} not null,
      kind text not null check (kind in ('key', 'url', 'external-id')), value text not null,
      primary key (article_id, kind, value)) {clustered}`,
    `create index article_aliases_by_value on article_aliases (value, kind)`,
    `create table technologies (
      id {id}, slug text not null unique, name text not null,
      parent_id {int} references technologies (id), description text not null,
      origin text not null check (origin in ('curated', 'seen')))`,
    `create table technology_names (
      normal_name text not null primary key, name text not null,
      technology_id {int} not null references technologies (id) on delete cascade)`,
    `create table article_technologies (
      article_id {int} not null references articles (id) on delete cascade,
      technology_id {int} not null references technologies (id) on delete cascade,
      primary key (article_id, technology_id)) {clustered}`,
    `create index article_technologies_by_technology on article_technologies (technology_id)`,
    `create table revisions (
      article_id {int} not null references articles (id) on delete cascade, number {int} not null check (number > 0),
      captured_at {int} not null, title text, vendor_date text, vendor_revision text,
      content_hash {bytes} not null, primary key (article_id, number))`,
    `create table newest_contents (
      article_id {int} not null primary key references articles (id) on delete cascade, content {bytes} not null)`,
    `create table revision_deltas (
      article_id {int} not null references articles (id) on delete cascade, number {int} not null,
      content {bytes} not null, primary key (article_id, number))`,
    `create table included_texts (
      source_id {int} not null references sources (id) on delete cascade, hash text not null,
      content {bytes} not null, primary key (source_id, hash))`,
    `create table bulk_edits (
      id {id}, scan_id {int} not null references scans (id) on delete cascade, significance text not null,
      sentence text not null, article_count {int} not null, occurred_at {int} not null)`,
    `create index bulk_edits_by_scan on bulk_edits (scan_id)`,
    `create table change_reasons (id {id}, reasons text not null unique)`,
    `create table changes (
      id {id}, article_id {int} not null references articles (id) on delete cascade,
      source_id {int} not null references sources (id) on delete cascade,
      scan_id {int} not null references scans (id) on delete cascade,
      kind text not null check (kind in ('created', 'revised', 'moved', 'retired', 'restored')),
      from_revision {int}, to_revision {int} not null,
      significance text not null check (significance in ('invisible', 'minor', 'material')),
      reasons_id {int} references change_reasons (id), passage text, bulk_edit_id {int} references bulk_edits (id),
      alerts {int} not null, occurred_at {int} not null, recorded_at {int} not null)`,
    `create index changes_by_article on changes (article_id, id)`,
    `create index changes_by_occurrence on changes (occurred_at, id)`,
    `create index changes_by_source on changes (source_id, id)`,
    `create index changes_by_scan on changes (scan_id)`,
    `create index changes_by_bulk_edit on changes (bulk_edit_id) where bulk_edit_id is not null`,
    `create index changes_to_tell on changes (recorded_at) where alerts = 1`,
    `create table change_technologies (
      change_id {int} not null references changes (id) on delete cascade,
      technology_id {int} not null references technologies (id) on delete cascade,
      primary key (technology_id, change_id)) {clustered}`,
    `create index change_technologies_by_change on change_technologies (change_id)`,
    `create table accounts (
      id {id}, address text not null, address_key text not null unique, confirmed_at {int},
      role text not null check (role in ('reader', 'curator', 'moderator', 'administrator')),
      password_hash text, time_zone text not null, digest_hour {int} not null check (digest_hour between 0 and 23),
      paused {int} not null, next_digest_at {int}, told_through {int}, unsubscribe_secret text not null unique,
      created_at {int} not null)`,
    `create index accounts_due on accounts (next_digest_at) where paused = 0 and confirmed_at is not null`,
    `create table sessions (
      token_hash text not null primary key, account_id {int} not null references accounts (id) on delete cascade,
      created_at {int} not null, seen_at {int} not null, expires_at {int} not null, user_agent text not null)`,
    `create index sessions_by_account on sessions (account_id)`,
    `create table tokens (
      token_hash text not null primary key, purpose text not null,
      account_id {int} references accounts (id) on delete cascade, payload text not null,
      created_at {int} not null, expires_at {int} not null, used_at {int})`,
    `create table subscriptions (
      id {id}, account_id {int} not null references accounts (id) on delete cascade,
      kind text not null check (kind in ('technology', 'search', 'article', 'source')),
      technology_id {int} references technologies (id), article_id {int} references articles (id) on delete cascade,
      source_id {int} references sources (id) on delete cascade, query text,
      threshold text not null check (threshold in ('new', 'material', 'minor', 'invisible')),
      created_at {int} not null, after_change_id {int} not null,
      check ((kind = 'technology') = (technology_id is not null) and (kind = 'article') = (article_id is not null)
        and (kind = 'source') = (source_id is not null) and (kind = 'search') = (query is not null)))`,
    `create index subscriptions_by_account on subscriptions (account_id, id)`,
    `create unique index subscriptions_to_technologies on subscriptions (technology_id, account_id)
      where technology_id is not null`,
    `create unique index subscriptions_to_articles on subscriptions (article_id, account_id)
      where article_id is not null`,
    `create unique index subscriptions_to_sources on subscriptions (source_id, account_id)
      where source_id is not null`,
    `create unique index subscriptions_to_searches on subscriptions (account_id, query) where query is not null`,
    `create table saved_search_matches (
      subscription_id {int} not null references subscriptions (id) on delete cascade,
      change_id {int} not null references changes (id) on delete cascade,
      primary key (subscription_id, change_id))`,
    `create table digests (
      id {id}, account_id {int} not null references accounts (id) on delete cascade,
      local_date text not null, time_zone text not null, planned_at {int} not null, previous_planned_at {int},
      unique (account_id, local_date), unique (account_id, planned_at), unique (account_id, previous_planned_at),
      check (previous_planned_at is null or planned_at - previous_planned_at >= 72000000),
      foreign key (account_id, previous_planned_at) references digests (account_id, planned_at))`,
    `create unique index digests_first on digests (account_id) where previous_planned_at is null`,
    `create table digest_changes (
      digest_id {int} not null, account_id {int} not null, change_id {int} not null, subscription_id {int} not null,
      primary key (account_id, change_id)) {clustered}`,
    `create table deliveries (
      id {id}, digest_id {int} not null references digests (id) on delete cascade,
      account_id {int} not null, channel text not null,
      state text not null check (state in ('queued', 'sending', 'accepted', 'deferred', 'failed', 'void')),
      address text, subject text, message_id text unique, attempts {int} not null, next_attempt_at {int} not null,
      lease_token text, lease_until {int}, ended_at {int}, problem text,
      unique (digest_id, channel))`,
    `create index deliveries_due on deliveries (next_attempt_at) where state in ('queued', 'sending', 'deferred')`,
    `create index deliveries_by_account on deliveries (account_id)`,
    `create index deliveries_open on deliveries (account_id) where state in ('queued', 'sending', 'deferred')`,
    `create table delivery_messages (
      delivery_id {int} not null primary key references deliveries (id) on delete cascade, content {bytes} not null)`,
    `create table delivery_attempts (
      id {id}, delivery_id {int} not null references deliveries (id) on delete cascade, number {int} not null,
      started_at {int} not null, ended_at {int}, outcome text, response text, unique (delivery_id, number))`,
    `create table notices (
      id {id}, account_id {int} references accounts (id) on delete cascade, address text not null,
      address_key text not null, kind text not null, subject text not null,
      state text not null check (state in ('queued', 'sending', 'accepted', 'deferred', 'failed')),
      message_id text not null unique, message {bytes} not null, attempts {int} not null, created_at {int} not null,
      next_attempt_at {int} not null, lease_token text, lease_until {int}, ended_at {int}, problem text)`,
    `create index notices_due on notices (next_attempt_at) where state in ('queued', 'sending', 'deferred')`,
    `create table suppressions (
      address_key text not null primary key, reason text not null, detail text not null, created_at {int} not null)`,
    `create table leases (name text not null primary key, holder text not null, fence {int} not null,
      expires_at {int} not null)`,
    `create table settings (name text not null primary key, value text not null)`,
  ],
};
