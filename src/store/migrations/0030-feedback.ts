import type { Migration } from '../migrate.ts';

/**
 * What readers say below articles, what others report of it, and what was decided. The trail of decisions can only be
 * added to: it keeps no text, and outlives the feedback, the article and the accounts that it names by number.
 */
export const feedbackTables: Migration = {
  name: '0030-feedback',
  statements: [
    `create table feedback (
      id {id},
      article_id {int} not null references articles (id) on delete cascade,
      revision {int} not null check (revision >= 0),
      account_id {int} references accounts (id) on delete set null,
      author_name text not null,
      outcome text check (outcome in ('yes', 'partly', 'no')),
      did_harm {int} not null check (did_harm in (0, 1)),
      technology_id {int} references technologies (id) on delete set null,
      version text not null,
      body text not null,
      state text not null check (state in ('held', 'shown', 'folded', 'hidden', 'merged')),
      queued_because text
        check (queued_because in ('anonymous', 'new-writer', 'suspicious', 'reported', 'appeal')),
      standing text not null check (standing in ('anonymous', 'new', 'known', 'trusted', 'imported')),
      merged_into {int} references feedback (id) on delete set null,
      suspicion {int} check (suspicion between 0 and 1000),
      kept_times {int} not null default 0,
      learned_as text check (learned_as in ('good', 'unwanted')),
      import_key text unique,
      written_at {int} not null)`,
    `create index feedback_by_article on feedback (article_id)`,
    `create index feedback_by_account on feedback (account_id)`,
    `create index feedback_by_technology on feedback (technology_id)`,
    `create index feedback_by_merger on feedback (merged_into)`,
    `create index feedback_in_queue on feedback (queued_because) where queued_because is not null`,
    `create table feedback_helped (
      feedback_id {int} not null references feedback (id) on delete cascade,
      account_id {int} not null references accounts (id) on delete cascade,
      helped_at {int} not null,
      primary key (feedback_id, account_id)) {clustered}`,
    `create index feedback_helped_by_account on feedback_helped (account_id)`,
    `create table feedback_reports (
      id {id},
      feedback_id {int} not null references feedback (id) on delete cascade,
      reporter_key text not null,
      account_id {int} references accounts (id) on delete set null,
      reason text not null
        check (reason in ('wrong-article', 'wrong-technology', 'spam', 'abuse', 'dangerous-advice')),
      note text not null,
      verdict text check (verdict in ('right', 'wrong')),
      curated_at {int},
      reported_at {int} not null,
      unique (feedback_id, reporter_key))`,
    `create index feedback_reports_by_account on feedback_reports (account_id)`,
    `create index feedback_reports_to_curate on feedback_reports (reason) where curated_at is null`,
    `create table feedback_appeals (
      decision_id {int} not null primary key,
      feedback_id {int} not null references feedback (id) on delete cascade,
      body text not null,
      appealed_at {int} not null)`,
    `create index feedback_appeals_by_feedback on feedback_appeals (feedback_id)`,
    `create table moderation_decisions (
      id {id},
      feedback_id {int} not null,
      article_id {int} not null,
      author_id {int},
      moderator_id {int},
      step text not null
        check (step in ('agree', 'disagree', 'ignore', 'fold', 'hide', 'appeal', 'withdraw')),
      reason text,
      state_before text not null,
      state_after text not null,
      decided_at {int} not null)`,
    `create index moderation_decisions_by_feedback on moderation_decisions (feedback_id)`,
    `create index moderation_decisions_by_author on moderation_decisions (author_id)`,
    {
      sqlite: `create trigger moderation_decisions_stay before update on moderation_decisions
        begin select raise(abort, 'the trail of decisions can only be added to'); end`,
      postgres: `create function keep_moderation_decisions() returns trigger language plpgsql as $$
        begin raise exception 'the trail of decisions can only be added to'; end $$`,
    },
    {
      sqlite: `create trigger moderation_decisions_remain before delete on moderation_decisions
        begin select raise(abort, 'the trail of decisions can only be added to'); end`,
      postgres: `create trigger moderation_decisions_stay before update or delete on moderation_decisions
        for each row execute function keep_moderation_decisions()`,
    },
    {
      sqlite: null,
      postgres: `create trigger moderation_decisions_remain before truncate on moderation_decisions
        for each statement execute function keep_moderation_decisions()`,
    },
    `create table decision_notices (
      decision_id {int} not null primary key,
      account_id {int} not null references accounts (id) on delete cascade,
      told_at {int} not null)`,
    `create index decision_notices_by_account on decision_notices (account_id)`,
    `create table filter_words (word text not null primary key, good {int} not null, unwanted {int} not null)
      {clustered}`,
    `create table filter_totals (name text not null primary key check (name in ('texts', 'words')),
      good {int} not null, unwanted {int} not null)`,
    `insert into filter_totals (name, good, unwanted) values ('texts', 0, 0), ('words', 0, 0)`,
    // Whoever leaves takes the name along; what was said stays for those whom it helps.
    {
      sqlite: `create trigger accounts_take_their_names before delete on accounts
        begin update feedback set author_name = '' where account_id = old.id; end`,
      postgres: `create function take_name_of_feedback() returns trigger language plpgsql as $$
        begin update feedback set author_name = '' where account_id = old.id; return old; end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger accounts_take_their_names before delete on accounts
        for each row execute function take_name_of_feedback()`,
    },
  ],
};
