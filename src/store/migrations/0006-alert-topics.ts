import type { Migration } from '../migrate.ts';

const insert =
  'insert into alert_topics select topic_kind, topic_id, threshold, change_id from topics_of_changes';

/**
 * Every change that alerts, under everything by which it can be followed and each threshold that it reaches: what
 * planning looks up for a subscription, in the order of the change log. Derived, and kept by the database itself.
 */
export const alertTopics: Migration = {
  name: '0006-alert-topics',
  statements: [
    `create table alert_topics (
      topic_kind text not null, topic_id {int} not null, threshold text not null,
      change_id {int} not null references changes (id) on delete cascade,
      primary key (topic_id, topic_kind, threshold, change_id)) {clustered}`,
    `create index alert_topics_by_change on alert_topics (change_id)`,
    // See reaches in src/alerts/subscription.ts, which says the same.
    `create view thresholds_of_changes as
      select id as change_id, 'new' as threshold from changes where alerts = 1 and kind = 'created'
      union all select id, 'material' from changes where alerts = 1 and significance = 'material'
      union all select id, 'minor' from changes where alerts = 1 and significance <> 'invisible'
      union all select id, 'invisible' from changes where alerts = 1`,
    `create view topics_of_changes as
      select 'article' as topic_kind, c.article_id as topic_id, t.threshold, c.id as change_id
      from changes c join thresholds_of_changes t on t.change_id = c.id
      union all select 'source', c.source_id, t.threshold, c.id
      from changes c join thresholds_of_changes t on t.change_id = c.id
      union all select 'technology', l.technology_id, t.threshold, l.change_id
      from change_technologies l join thresholds_of_changes t on t.change_id = l.change_id`,
    {
      sqlite: `create trigger changes_get_topics after insert on changes when new.alerts = 1
        begin ${insert} where change_id = new.id; end`,
      postgres: `create function add_topics_of_changes() returns trigger language plpgsql as $$
        begin ${insert} where change_id in (select id from added where alerts = 1); return null; end $$`,
    },
    {
      sqlite: `create trigger change_technologies_get_topics after insert on change_technologies
        begin ${insert} where change_id = new.change_id and topic_kind = 'technology' and topic_id = new.technology_id; end`,
      postgres: `create function add_topics_of_technologies() returns trigger language plpgsql as $$
        begin ${insert} where topic_kind = 'technology'
          and (change_id, topic_id) in (select change_id, technology_id from added); return null; end $$`,
    },
    {
      sqlite: `create trigger judged_changes_get_topics after update of kind, significance, alerts on changes
        begin delete from alert_topics where change_id = new.id; ${insert} where change_id = new.id; end`,
      postgres: `create function renew_topics_of_change() returns trigger language plpgsql as $$
        begin delete from alert_topics where change_id = new.id; ${insert} where change_id = new.id; return null; end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger changes_get_topics after insert on changes referencing new table as added
        for each statement execute function add_topics_of_changes()`,
    },
    {
      sqlite: null,
      postgres: `create trigger change_technologies_get_topics after insert on change_technologies
        referencing new table as added for each statement execute function add_topics_of_technologies()`,
    },
    {
      sqlite: null,
      postgres: `create trigger judged_changes_get_topics after update of kind, significance, alerts on changes
        for each row execute function renew_topics_of_change()`,
    },
  ],
};
