CREATE TABLE accepted_feedback (
   id integer primary key autoincrement,
  feedback_id integer not null unique references feedback (id) on delete cascade,
  article_id integer not null
);

CREATE INDEX accepted_feedback_by_article on accepted_feedback (article_id, id);

CREATE TABLE accounts (
   id integer primary key autoincrement,
  address text not null,
  address_key text not null unique,
  confirmed_at integer,
  role text not null check (role in ('reader', 'curator', 'moderator', 'administrator')),
  password_hash text,
  time_zone text not null,
  digest_hour integer not null check (digest_hour between 0 and 23),
  paused integer not null,
  next_digest_at integer,
  told_through integer,
  unsubscribe_secret text not null unique,
  created_at integer not null,
  kind text not null default 'person' check (kind in ('person', 'team'))
);

CREATE INDEX accounts_due on accounts (next_digest_at) where paused = 0 and confirmed_at is not null;

CREATE TRIGGER accounts_take_their_names before delete on accounts begin update feedback set author_name = '' where account_id = old.id; end;

CREATE TRIGGER last_administrator_keeps_role before update of role on accounts when new.role <> 'administrator' and old.role = 'administrator' and not exists ( select 1 from accounts where role = 'administrator' and id <> old.id) begin select raise(abort, 'the last administrator stays: nobody could give the role back'); end;

CREATE TRIGGER last_administrator_stays before delete on accounts when old.role = 'administrator' and not exists ( select 1 from accounts where role = 'administrator' and id <> old.id) begin select raise(abort, 'the last administrator stays: nobody could give the role back'); end;

CREATE TABLE alert_topics (
   topic_kind text not null,
  topic_id integer not null,
  threshold text not null,
  change_id integer not null references changes (id) on delete cascade,
  primary key (topic_id, topic_kind, threshold, change_id)
) without rowid;

CREATE INDEX alert_topics_by_change on alert_topics (change_id);

CREATE TABLE api_tokens (
   id integer primary key autoincrement,
  account_id integer not null references accounts (id) on delete cascade,
  name text not null,
  token_hash text not null unique,
  hint text not null,
  scopes text not null,
  created_at integer not null,
  expires_at integer not null check (expires_at > created_at),
  used_at integer,
  revoked_at integer
);

CREATE INDEX api_tokens_by_account on api_tokens (account_id);

CREATE TABLE article_aliases (
   article_id integer not null references articles (id) on delete cascade,
  source_id integer not null,
  kind text not null check (kind in ('key', 'url', 'external-id')),
  value text not null,
  primary key (article_id, kind, value)
) without rowid;

CREATE INDEX article_aliases_by_value on article_aliases (value, kind);

CREATE TABLE article_images (
   article_id integer not null references articles (id) on delete cascade,
  src text not null,
  kind text not null,
  address text not null,
  primary key (article_id, src)
) without rowid;

CREATE TABLE article_technologies (
   article_id integer not null references articles (id) on delete cascade,
  technology_id integer not null references technologies (id) on delete cascade,
  primary key (article_id, technology_id)
) without rowid;

CREATE INDEX article_technologies_by_technology on article_technologies (technology_id);

CREATE TABLE articles (
   id integer primary key autoincrement,
  source_id integer not null references sources (id) on delete cascade,
  key text not null,
  title text not null,
  external_ids text not null,
  url text,
  state text not null check (state in ('active', 'retired')),
  retired_because text,
  revision integer not null,
  created_at integer not null,
  changed_at integer not null
);

CREATE UNIQUE INDEX articles_active_key on articles (source_id, key) where state = 'active';

CREATE TABLE audit_entries (
   id integer primary key autoincrement,
  at integer not null,
  actor_kind text not null check (actor_kind in ('account', 'operator', 'program')),
  actor_id integer,
  action text not null,
  subject text not null,
  detail text not null,
  previous_hash text not null unique,
  hash text not null unique,
  check ((actor_kind = 'account') = (actor_id is not null))
);

CREATE INDEX audit_entries_by_action on audit_entries (action, id);

CREATE TRIGGER audit_entries_never_change before update on audit_entries begin select raise(abort, 'the audit trail is only ever added to'); end;

CREATE TRIGGER audit_entries_never_go before delete on audit_entries begin select raise(abort, 'the audit trail is only ever added to'); end;

CREATE TABLE bounces (
   id integer primary key autoincrement,
  address_key text not null,
  domain text not null,
  kind text not null check (kind in ('hard', 'soft', 'policy', 'complaint')),
  reason text not null,
  status text,
  diagnostic text not null,
  received_at integer not null
);

CREATE INDEX bounces_by_address on bounces (address_key, received_at);

CREATE INDEX bounces_by_domain on bounces (domain, received_at) where kind = 'policy';

CREATE TABLE bulk_edits (
   id integer primary key autoincrement,
  scan_id integer not null references scans (id) on delete cascade,
  significance text not null,
  sentence text not null,
  article_count integer not null,
  occurred_at integer not null
);

CREATE INDEX bulk_edits_by_scan on bulk_edits (scan_id);

CREATE TABLE change_reasons (
  id integer primary key autoincrement,
  reasons text not null unique
);

CREATE TABLE change_technologies (
   change_id integer not null references changes (id) on delete cascade,
  technology_id integer not null references technologies (id) on delete cascade,
  primary key (technology_id, change_id)
) without rowid;

CREATE INDEX change_technologies_by_change on change_technologies (change_id);

CREATE TRIGGER change_technologies_get_topics after insert on change_technologies begin insert into alert_topics (topic_kind, topic_id, threshold, change_id) select 'technology', l.technology_id, t.threshold, c.id from (select new.change_id as change_id, new.technology_id as technology_id) l join changes c on c.id = l.change_id join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') t on c.alerts = 1 and case t.threshold when 'new' then c.kind = 'created' when 'material' then c.significance = 'material' when 'minor' then c.significance <> 'invisible' else true end; end;

CREATE TABLE changes (
   id integer primary key autoincrement,
  article_id integer not null references articles (id) on delete cascade,
  source_id integer not null references sources (id) on delete cascade,
  scan_id integer not null references scans (id) on delete cascade,
  kind text not null check (kind in ('created', 'revised', 'moved', 'retired', 'restored')),
  from_revision integer,
  to_revision integer not null,
  significance text not null check (significance in ('invisible', 'minor', 'material')),
  reasons_id integer references change_reasons (id),
  passage text,
  bulk_edit_id integer references bulk_edits (id),
  alerts integer not null,
  occurred_at integer not null,
  recorded_at integer not null
);

CREATE INDEX changes_by_article on changes (article_id, id);

CREATE INDEX changes_by_bulk_edit on changes (bulk_edit_id) where bulk_edit_id is not null;

CREATE INDEX changes_by_occurrence on changes (occurred_at, id);

CREATE INDEX changes_by_recording on changes (recorded_at, id);

CREATE INDEX changes_by_scan on changes (scan_id);

CREATE INDEX changes_by_source on changes (source_id, id);

CREATE TRIGGER changes_get_topics after insert on changes begin insert into alert_topics (topic_kind, topic_id, threshold, change_id) select 'article', c.article_id, t.threshold, c.id from (select * from changes where id = new.id) c join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') t on c.alerts = 1 and case t.threshold when 'new' then c.kind = 'created' when 'material' then c.significance = 'material' when 'minor' then c.significance <> 'invisible' else true end union all select 'source', c.source_id, t.threshold, c.id from (select * from changes where id = new.id) c join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') t on c.alerts = 1 and case t.threshold when 'new' then c.kind = 'created' when 'material' then c.significance = 'material' when 'minor' then c.significance <> 'invisible' else true end; end;

CREATE TRIGGER changes_in_order after insert on changes when exists (select 1 from changes where id > new.id) begin select raise(abort, 'the change log is numbered in the order of commits'); end;

CREATE INDEX changes_to_tell on changes (recorded_at) where alerts = 1;

CREATE TRIGGER judged_changes_get_topics after update of kind, significance, alerts on changes begin delete from alert_topics where change_id = new.id; insert into alert_topics (topic_kind, topic_id, threshold, change_id) select 'article', c.article_id, t.threshold, c.id from (select * from changes where id = new.id) c join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') t on c.alerts = 1 and case t.threshold when 'new' then c.kind = 'created' when 'material' then c.significance = 'material' when 'minor' then c.significance <> 'invisible' else true end union all select 'source', c.source_id, t.threshold, c.id from (select * from changes where id = new.id) c join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') t on c.alerts = 1 and case t.threshold when 'new' then c.kind = 'created' when 'material' then c.significance = 'material' when 'minor' then c.significance <> 'invisible' else true end; insert into alert_topics (topic_kind, topic_id, threshold, change_id) select 'technology', l.technology_id, t.threshold, c.id from (select * from change_technologies where change_id = new.id) l join changes c on c.id = l.change_id join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') t on c.alerts = 1 and case t.threshold when 'new' then c.kind = 'created' when 'material' then c.significance = 'material' when 'minor' then c.significance <> 'invisible' else true end; end;

CREATE TABLE channels (
   id integer primary key autoincrement,
  account_id integer not null references accounts (id) on delete cascade,
  kind text not null check (kind in ('mail', 'webhook', 'slack', 'teams', 'push')),
  name text not null,
  target text not null,
  state text not null,
  problem text,
  tested_at integer,
  created_at integer not null,
  check (case kind when 'mail' then state = 'off' else state in ('untested', 'active', 'paused', 'disabled') end)
);

CREATE INDEX channels_by_account on channels (account_id, state, kind);

CREATE UNIQUE INDEX channels_without_mail on channels (account_id) where kind = 'mail';

CREATE TABLE decision_notices (
   decision_id integer not null primary key,
  account_id integer not null references accounts (id) on delete cascade,
  told_at integer not null
);

CREATE INDEX decision_notices_by_account on decision_notices (account_id);

CREATE TABLE deliveries (
   id integer primary key autoincrement,
  digest_id integer not null references digests (id) on delete cascade,
  account_id integer not null,
  channel text not null,
  state text not null check (state in ('queued', 'sending', 'accepted', 'deferred', 'failed', 'void')),
  address text,
  subject text,
  message_id text unique,
  attempts integer not null,
  next_attempt_at integer not null,
  lease_token text,
  lease_until integer,
  ended_at integer,
  problem text,
  domain text,
  unique (digest_id, channel)
);

CREATE INDEX deliveries_being_attempted on deliveries (account_id) where attempts > 0 and state in ('queued', 'sending', 'deferred');

CREATE INDEX deliveries_due on deliveries (next_attempt_at) where state in ('queued', 'sending', 'deferred');

CREATE INDEX deliveries_ended on deliveries (ended_at) where ended_at is not null;

CREATE TRIGGER teams_without_mailbox_get_no_mail after insert on deliveries when new.channel = 'mail' and exists (select 1 from teams where account_id = new.account_id) and (select address from accounts where id = new.account_id) = '' begin delete from deliveries where id = new.id; end;

CREATE TABLE delivery_attempts (
   id integer primary key autoincrement,
  delivery_id integer not null references deliveries (id) on delete cascade,
  number integer not null,
  started_at integer not null,
  ended_at integer,
  outcome text,
  response text,
  unique (delivery_id, number)
);

CREATE TABLE delivery_messages (
   delivery_id integer not null primary key references deliveries (id) on delete cascade,
  content blob not null
);

CREATE TABLE digest_changes (
   digest_id integer not null,
  account_id integer not null,
  change_id integer not null,
  subscription_id integer not null,
  primary key (account_id, change_id)
) without rowid;

CREATE TABLE digest_feedback (
   account_id integer not null,
  feedback_id integer not null,
  digest_id integer not null references digests (id) on delete cascade,
  subscription_id integer not null,
  primary key (account_id, feedback_id)
) without rowid;

CREATE INDEX digest_feedback_by_digest on digest_feedback (digest_id);

CREATE TABLE digests (
   id integer primary key autoincrement,
  account_id integer not null references accounts (id) on delete cascade,
  local_date text not null,
  time_zone text not null,
  planned_at integer not null,
  previous_planned_at integer,
  unique (account_id, local_date),
  unique (account_id, planned_at),
  unique (account_id, previous_planned_at),
  check (previous_planned_at is null or planned_at - previous_planned_at >= 72000000),
  foreign key (account_id, previous_planned_at) references digests (account_id, planned_at)
);

CREATE UNIQUE INDEX digests_first on digests (account_id) where previous_planned_at is null;

CREATE TRIGGER digests_take_their_changes after delete on digests begin delete from digest_changes where account_id = old.account_id and digest_id = old.id; end;

CREATE TABLE feedback (
   id integer primary key autoincrement,
  article_id integer not null references articles (id) on delete cascade,
  revision integer not null check (revision >= 0),
  account_id integer references accounts (id) on delete set null,
  author_name text not null,
  outcome text check (outcome in ('yes', 'partly', 'no')),
  did_harm integer not null check (did_harm in (0, 1)),
  technology_id integer references technologies (id) on delete set null,
  version text not null,
  body text not null,
  state text not null check (state in ('held', 'shown', 'folded', 'hidden', 'merged')),
  queued_because text check (queued_because in ('anonymous', 'new-writer', 'suspicious', 'reported', 'appeal')),
  standing text not null check (standing in ('anonymous', 'new', 'known', 'trusted', 'imported')),
  merged_into integer references feedback (id) on delete set null,
  suspicion integer check (suspicion between 0 and 1000),
  kept_times integer not null default 0,
  learned_as text check (learned_as in ('good', 'unwanted')),
  import_key text unique,
  written_at integer not null
);

CREATE INDEX feedback_by_account on feedback (account_id);

CREATE INDEX feedback_by_article on feedback (article_id);

CREATE INDEX feedback_by_merger on feedback (merged_into);

CREATE INDEX feedback_by_technology on feedback (technology_id);

CREATE TRIGGER feedback_comes_to_be_shown after update of state on feedback when new.state = 'shown' and old.state <> 'shown' begin insert into accepted_feedback (feedback_id, article_id) select new.id, new.article_id where new.state = 'shown' and new.import_key is null on conflict (feedback_id) do nothing; end;

CREATE INDEX feedback_in_queue on feedback (queued_because) where queued_because is not null;

CREATE TRIGGER feedback_is_shown after insert on feedback when new.state = 'shown' begin insert into accepted_feedback (feedback_id, article_id) select new.id, new.article_id where new.state = 'shown' and new.import_key is null on conflict (feedback_id) do nothing; end;

CREATE TABLE feedback_appeals (
   decision_id integer not null primary key,
  feedback_id integer not null references feedback (id) on delete cascade,
  body text not null,
  appealed_at integer not null
);

CREATE INDEX feedback_appeals_by_feedback on feedback_appeals (feedback_id);

CREATE TABLE feedback_helped (
   feedback_id integer not null references feedback (id) on delete cascade,
  account_id integer not null references accounts (id) on delete cascade,
  helped_at integer not null,
  primary key (feedback_id, account_id)
) without rowid;

CREATE INDEX feedback_helped_by_account on feedback_helped (account_id);

CREATE TABLE feedback_reports (
   id integer primary key autoincrement,
  feedback_id integer not null references feedback (id) on delete cascade,
  reporter_key text not null,
  account_id integer references accounts (id) on delete set null,
  reason text not null check (reason in ('wrong-article', 'wrong-technology', 'spam', 'abuse', 'dangerous-advice')),
  note text not null,
  verdict text check (verdict in ('right', 'wrong')),
  curated_at integer,
  reported_at integer not null,
  unique (feedback_id, reporter_key)
);

CREATE INDEX feedback_reports_by_account on feedback_reports (account_id);

CREATE INDEX feedback_reports_to_curate on feedback_reports (reason) where curated_at is null;

CREATE TABLE fetched_robots (
  origin text not null primary key,
  content text not null,
  read_at integer not null
);

CREATE TABLE filter_totals (
  name text not null primary key check (name in ('texts', 'words')),
  good integer not null,
  unwanted integer not null
);

CREATE TABLE filter_words (
  word text not null primary key,
  good integer not null,
  unwanted integer not null
) without rowid;

CREATE TABLE host_rests (
  host text not null primary key,
  rests_until integer not null
);

CREATE TABLE host_spending (
   host text not null,
  night text not null,
  requests integer not null,
  primary key (host, night)
);

CREATE TABLE idempotent_requests (
   token_id integer not null references api_tokens (id) on delete cascade,
  key text not null,
  fingerprint text not null,
  claimed_at integer not null,
  answer text,
  primary key (token_id, key)
) without rowid;

CREATE INDEX idempotent_requests_by_age on idempotent_requests (claimed_at);

CREATE TABLE identities (
   issuer text not null,
  subject text not null,
  account_id integer not null references accounts (id) on delete cascade,
  label text not null,
  created_at integer not null,
  used_at integer not null,
  primary key (issuer, subject)
);

CREATE INDEX identities_by_account on identities (account_id);

CREATE TABLE image_contents (
  content_hash text not null primary key,
  type text not null,
  width integer not null,
  height integer not null,
  content blob not null
);

CREATE TABLE image_readings (
   article_id integer not null primary key references articles (id) on delete cascade,
  revision integer not null
);

CREATE TABLE images (
   source_id integer not null references sources (id) on delete cascade,
  kind text not null check (kind in ('file', 'web')),
  address text not null,
  content_hash text references image_contents (content_hash),
  attempts integer not null,
  next_attempt_at integer,
  problem text,
  primary key (source_id, kind, address)
) without rowid;

CREATE INDEX images_by_content on images (content_hash) where content_hash is not null;

CREATE INDEX images_wanted on images (next_attempt_at) where next_attempt_at is not null;

CREATE TABLE included_texts (
   source_id integer not null references sources (id) on delete cascade,
  hash text not null,
  content blob not null,
  primary key (source_id, hash)
);

CREATE TABLE leases (
  name text not null primary key,
  holder text not null,
  fence integer not null,
  expires_at integer not null
);

CREATE TABLE migrations (
  name text not null primary key
);

CREATE TABLE moderation_decisions (
   id integer primary key autoincrement,
  feedback_id integer not null,
  article_id integer not null,
  author_id integer,
  moderator_id integer,
  step text not null check (step in ('agree', 'disagree', 'ignore', 'fold', 'hide', 'appeal', 'withdraw')),
  reason text,
  state_before text not null,
  state_after text not null,
  decided_at integer not null
);

CREATE INDEX moderation_decisions_by_author on moderation_decisions (author_id);

CREATE INDEX moderation_decisions_by_feedback on moderation_decisions (feedback_id);

CREATE TRIGGER moderation_decisions_remain before delete on moderation_decisions begin select raise(abort, 'the trail of decisions can only be added to'); end;

CREATE TRIGGER moderation_decisions_stay before update on moderation_decisions begin select raise(abort, 'the trail of decisions can only be added to'); end;

CREATE TABLE newest_contents (
   article_id integer not null primary key references articles (id) on delete cascade,
  content blob not null
);

CREATE TABLE notices (
   id integer primary key autoincrement,
  account_id integer references accounts (id) on delete cascade,
  address text not null,
  address_key text not null,
  kind text not null,
  subject text not null,
  state text not null check (state in ('queued', 'sending', 'accepted', 'deferred', 'failed')),
  message_id text not null unique,
  message blob not null,
  attempts integer not null,
  created_at integer not null,
  next_attempt_at integer not null,
  lease_token text,
  lease_until integer,
  ended_at integer,
  problem text
);

CREATE INDEX notices_due on notices (next_attempt_at) where state in ('queued', 'sending', 'deferred');

CREATE TABLE page_readings (
   article_id integer not null primary key references articles (id) on delete cascade,
  revision integer not null,
  key text not null,
  content_hash blob not null,
  made_by text not null,
  made_at integer not null,
  content blob not null
);

CREATE TABLE passkeys (
   credential_id text not null primary key,
  account_id integer not null references accounts (id) on delete cascade,
  user_handle text not null,
  public_key blob not null,
  counter integer not null check (counter >= 0),
  transports text not null,
  name text not null,
  synced integer not null,
  created_at integer not null,
  used_at integer
);

CREATE INDEX passkeys_by_account on passkeys (account_id);

CREATE TABLE paused_domains (
   domain text not null primary key,
  reason text not null,
  diagnostic text not null,
  paused_at integer not null,
  paused_until integer not null,
  pauses integer not null
);

CREATE TABLE permanent_redirects (
   from_url text not null primary key,
  to_url text not null,
  seen_at integer not null
);

CREATE TABLE personal_feeds (
   account_id integer not null primary key references accounts (id) on delete cascade,
  secret text not null unique,
  created_at integer not null,
  secret_hash text
);

CREATE UNIQUE INDEX personal_feeds_by_hash on personal_feeds (secret_hash);

CREATE TABLE rate_limits (
   name text not null,
  key text not null,
  window_ends_at integer not null,
  uses integer not null,
  primary key (name, key)
);

CREATE TABLE remedy_reports (
   remedy_id text not null,
  mode text not null,
  account_id integer not null references accounts (id) on delete cascade,
  outcome text not null check (outcome in ('fixed', 'partly', 'not-fixed')),
  reported_at integer not null,
  primary key (remedy_id, mode, account_id)
);

CREATE INDEX remedy_reports_by_account on remedy_reports (account_id);

CREATE TABLE revision_deltas (
   article_id integer not null references articles (id) on delete cascade,
  number integer not null,
  content blob not null,
  primary key (article_id, number)
);

CREATE TABLE revisions (
   article_id integer not null references articles (id) on delete cascade,
  number integer not null check (number > 0),
  captured_at integer not null,
  title text,
  vendor_date text,
  vendor_revision text,
  content_hash blob not null,
  primary key (article_id, number)
);

CREATE TABLE saved_search_matches (
   subscription_id integer not null references subscriptions (id) on delete cascade,
  change_id integer not null references changes (id) on delete cascade,
  primary key (subscription_id, change_id)
);

CREATE TABLE scans (
   id integer primary key autoincrement,
  source_id integer not null references sources (id) on delete cascade,
  state text not null check (state in ('running', 'done', 'unchanged', 'failed', 'held')),
  started_at integer not null,
  ended_at integer,
  as_of integer,
  baseline integer not null,
  proof text,
  article_count integer,
  counts text not null,
  problem text,
  warnings text not null,
  depth text not null default 'latest' check (depth in ('latest', 'history'))
);

CREATE INDEX scans_by_source on scans (source_id, id);

CREATE TABLE sessions (
   token_hash text not null primary key,
  account_id integer not null references accounts (id) on delete cascade,
  created_at integer not null,
  seen_at integer not null,
  expires_at integer not null,
  user_agent text not null,
  proven_at integer not null default 0,
  method text not null default 'link'
);

CREATE INDEX sessions_by_account on sessions (account_id);

CREATE TRIGGER teams_sign_nobody_in before insert on sessions when (select kind from accounts where id = new.account_id) = 'team' begin select raise(abort, 'a team signs nobody in'); end;

CREATE TABLE settings (
  name text not null primary key,
  value text not null
);

CREATE TABLE source_schedules (
   source_id integer not null primary key references sources (id) on delete cascade,
  next_scan_at integer not null,
  requested_at integer,
  failures integer not null,
  failing_since integer,
  told_at integer
);

CREATE INDEX source_schedules_due on source_schedules (next_scan_at);

CREATE TABLE sources (
   id integer primary key autoincrement,
  name text not null unique,
  title text not null,
  kind text not null,
  url text not null,
  settings text not null,
  schedule text not null,
  licence text not null,
  attribution text not null,
  state text not null check (state in ('active', 'paused')),
  cursor text,
  created_at integer not null
);

CREATE TABLE subscriptions (
   id integer primary key autoincrement,
  account_id integer not null references accounts (id) on delete cascade,
  kind text not null check (kind in ('technology', 'search', 'article', 'source')),
  technology_id integer references technologies (id),
  article_id integer references articles (id) on delete cascade,
  source_id integer references sources (id) on delete cascade,
  query text,
  threshold text not null check (threshold in ('new', 'material', 'minor', 'invisible')),
  created_at integer not null,
  after_change_id integer not null,
  feedback_after_id integer check (feedback_after_id is null or article_id is not null),
  check ((kind = 'technology') = (technology_id is not null) and (kind = 'article') = (article_id is not null) and (kind = 'source') = (source_id is not null) and (kind = 'search') = (query is not null))
);

CREATE INDEX subscriptions_by_account on subscriptions (account_id, id, kind, technology_id, article_id, source_id, threshold, after_change_id);

CREATE UNIQUE INDEX subscriptions_to_articles on subscriptions (article_id, account_id) where article_id is not null;

CREATE UNIQUE INDEX subscriptions_to_searches on subscriptions (account_id, query) where query is not null;

CREATE UNIQUE INDEX subscriptions_to_sources on subscriptions (source_id, account_id) where source_id is not null;

CREATE UNIQUE INDEX subscriptions_to_technologies on subscriptions (technology_id, account_id) where technology_id is not null;

CREATE INDEX subscriptions_with_feedback on subscriptions (account_id) where feedback_after_id is not null;

CREATE TABLE suppressions (
   address_key text not null primary key,
  reason text not null,
  detail text not null,
  created_at integer not null,
  expires_at integer
);

CREATE TABLE team_invitations (
   id integer primary key autoincrement,
  team_id integer not null references teams (id) on delete cascade,
  address text not null,
  address_key text not null,
  token_hash text not null unique,
  invited_by integer references accounts (id) on delete set null,
  created_at integer not null,
  expires_at integer not null,
  unique (team_id, address_key)
);

CREATE TABLE team_marks (
   id integer primary key autoincrement,
  team_id integer not null references teams (id) on delete cascade,
  digest_id integer not null references digests (id) on delete cascade,
  article_id integer not null,
  state text not null check (state in ('open', 'seen', 'assigned', 'done', 'not-relevant')),
  assigned_to integer references accounts (id) on delete set null,
  marked_by integer references accounts (id) on delete set null,
  marked_at integer not null
);

CREATE INDEX team_marks_by_entry on team_marks (team_id, digest_id, article_id, id);

CREATE INDEX team_marks_by_time on team_marks (team_id, marked_at);

CREATE TABLE team_members (
   team_id integer not null references teams (id) on delete cascade,
  account_id integer not null references accounts (id) on delete cascade,
  role text not null check (role in ('owner', 'member')),
  wants_report integer not null,
  joined_at integer not null,
  primary key (team_id, account_id)
);

CREATE INDEX team_members_by_account on team_members (account_id);

CREATE TABLE team_report_letters (
   report_id integer not null references team_reports (id) on delete cascade,
  account_id integer not null references accounts (id) on delete cascade,
  queued_at integer not null,
  primary key (report_id, account_id)
);

CREATE TABLE team_reports (
   id integer primary key autoincrement,
  team_id integer not null references teams (id) on delete cascade,
  week text not null,
  from_at integer not null,
  to_at integer not null,
  entries integer not null,
  done integer not null,
  not_relevant integer not null,
  still_open integer not null,
  made_at integer not null,
  unique (team_id, week),
  check (to_at > from_at)
);

CREATE TABLE teams (
   id integer primary key autoincrement,
  account_id integer not null unique references accounts (id) on delete cascade,
  slug text not null unique,
  name text not null,
  created_at integer not null
);

CREATE TABLE technologies (
   id integer primary key autoincrement,
  slug text not null unique,
  name text not null,
  parent_id integer references technologies (id),
  description text not null,
  origin text not null check (origin in ('curated', 'seen'))
);

CREATE TABLE technology_corrections (
   article_id integer not null references articles (id) on delete cascade,
  technology_id integer not null references technologies (id) on delete cascade,
  applies integer not null check (applies in (0, 1)),
  curator_id integer,
  corrected_at integer not null,
  primary key (article_id, technology_id)
) without rowid;

CREATE INDEX technology_corrections_by_technology on technology_corrections (technology_id);

CREATE TABLE technology_names (
   normal_name text not null primary key,
  name text not null,
  technology_id integer not null references technologies (id) on delete cascade
);

CREATE TABLE technology_rules (
   id integer primary key autoincrement,
  source_id integer not null references sources (id) on delete cascade,
  technology_id integer not null references technologies (id) on delete cascade,
  instead_id integer references technologies (id) on delete cascade,
  curator_id integer not null,
  made_at integer not null,
  articles integer not null,
  unique (source_id, technology_id),
  check (instead_id is null or instead_id <> technology_id)
);

CREATE TABLE tokens (
   token_hash text not null primary key,
  purpose text not null,
  account_id integer references accounts (id) on delete cascade,
  payload text not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
);

CREATE TABLE told_troubles (
   account_id integer not null references accounts (id) on delete cascade,
  trouble text not null references troubles (name) on delete cascade,
  primary key (account_id, trouble)
) without rowid;

CREATE TABLE trouble_mails (
   account_id integer not null primary key references accounts (id) on delete cascade,
  mailed_at integer not null
);

CREATE TABLE troubles (
  name text not null primary key,
  sentence text not null,
  since integer not null
);

CREATE TABLE visits (
   source_id integer not null references sources (id) on delete cascade,
  resource text not null,
  stage text not null check (stage in ('settled', 'open', 'waiting')),
  proof text,
  etag text,
  last_modified text,
  content_hash text,
  note text,
  draft text,
  is_gone integer not null,
  visited_at integer not null,
  check ((stage = 'waiting') = (proof is not null)),
  primary key (source_id, resource, stage)
);
