import type { Migration } from '../migrate.ts';

const accept = `insert into accepted_feedback (feedback_id, article_id)
  select new.id, new.article_id where new.state = 'shown' and new.import_key is null
  on conflict (feedback_id) do nothing;`;

/**
 * Readers' feedback in digests. What is shown enters a log once, numbered in the order of commits as the change log is
 * (0004), so that "accepted after the choice" is a comparison of two numbers. What was imported is old and tells nobody.
 */
export const feedbackInDigests: Migration = {
  name: '0043-feedback-in-digests',
  statements: [
    `create table accepted_feedback (
      id {id},
      feedback_id {int} not null unique references feedback (id) on delete cascade,
      article_id {int} not null)`,
    `create index accepted_feedback_by_article on accepted_feedback (article_id, id)`,
    // What stood there before anybody could choose it.
    `insert into accepted_feedback (feedback_id, article_id)
      select id, article_id from feedback where state in ('shown', 'folded') and import_key is null order by id`,
    `alter table subscriptions add column feedback_after_id {int}
      check (feedback_after_id is null or article_id is not null)`,
    `create index subscriptions_with_feedback on subscriptions (account_id) where feedback_after_id is not null`,
    `create table digest_feedback (
      account_id {int} not null, feedback_id {int} not null,
      digest_id {int} not null references digests (id) on delete cascade,
      subscription_id {int} not null,
      primary key (account_id, feedback_id)) {clustered}`,
    `create index digest_feedback_by_digest on digest_feedback (digest_id)`,
    {
      sqlite: null,
      postgres: `create function lock_accepted_feedback() returns trigger language plpgsql as $$
        begin perform pg_advisory_xact_lock(7266303); return null; end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger accepted_feedback_takes_turns before insert on accepted_feedback
        for each statement execute function lock_accepted_feedback()`,
    },
    {
      sqlite: `create trigger feedback_is_shown after insert on feedback when new.state = 'shown' begin ${accept} end`,
      postgres: `create function accept_feedback() returns trigger language plpgsql as $$
        begin ${accept} return null; end $$`,
    },
    {
      sqlite: `create trigger feedback_comes_to_be_shown after update of state on feedback
        when new.state = 'shown' and old.state <> 'shown' begin ${accept} end`,
      postgres: `create trigger feedback_is_shown after insert on feedback
        for each row when (new.state = 'shown') execute function accept_feedback()`,
    },
    {
      sqlite: null,
      postgres: `create trigger feedback_comes_to_be_shown after update of state on feedback
        for each row when (new.state = 'shown' and old.state <> 'shown') execute function accept_feedback()`,
    },
  ],
};
