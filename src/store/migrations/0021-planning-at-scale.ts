import type { Migration } from '../migrate.ts';

// See reaches in src/alerts/subscription.ts, which says the same.
const reached = (change: string) => `join (select 'new' as threshold union all select 'material'
    union all select 'minor' union all select 'invisible') t on ${change}.alerts = 1 and case t.threshold
    when 'new' then ${change}.kind = 'created' when 'material' then ${change}.significance = 'material'
    when 'minor' then ${change}.significance <> 'invisible' else true end`;

const topicsOfChanges = (changes: string) => `
  insert into alert_topics (topic_kind, topic_id, threshold, change_id)
  select 'article', c.article_id, t.threshold, c.id from ${changes} c ${reached('c')}
  union all select 'source', c.source_id, t.threshold, c.id from ${changes} c ${reached('c')}`;

const topicsOfTechnologies = (links: string) => `
  insert into alert_topics (topic_kind, topic_id, threshold, change_id)
  select 'technology', l.technology_id, t.threshold, c.id
  from ${links} l join changes c on c.id = l.change_id ${reached('c')}`;

const ofNewChange = '(select * from changes where id = new.id)';
const renewal = `
  delete from alert_topics where change_id = new.id;
  ${topicsOfChanges(ofNewChange)};
  ${topicsOfTechnologies('(select * from change_technologies where change_id = new.id)')};`;

/** A trigger on each database. On PostgreSQL it is a function, here of the same name, and what calls it. */
function trigger(name: string, when: string, sqlite: string, postgres: string, each: 'row' | 'statement') {
  const added = each === 'statement' ? 'referencing new table as added' : '';
  const table = when.split(' ').at(-1);
  return [
    { sqlite: `drop trigger ${name}`, postgres: `drop trigger ${name} on ${table}` },
    {
      sqlite: `create trigger ${name} after ${when} begin ${sqlite} end`,
      postgres: `create function ${name}() returns trigger language plpgsql as $$ begin ${postgres} return null; end $$`,
    },
    {
      sqlite: null,
      postgres: `create trigger ${name} after ${when} ${added} for each ${each} execute function ${name}()`,
    },
  ];
}

/**
 * What a million digests need not pay for. Topics of changes come from the new rows alone, not from views over the
 * whole log, which PostgreSQL reads through when it is long. A digest that is planned enters no index that only says
 * something of those that were attempted; what an account follows is read from one index.
 */
export const planningAtScale: Migration = {
  name: '0021-planning-at-scale',
  statements: [
    ...trigger(
      'changes_get_topics',
      'insert on changes',
      `${topicsOfChanges(ofNewChange)};`,
      `${topicsOfChanges('added')};`,
      'statement',
    ),
    ...trigger(
      'change_technologies_get_topics',
      'insert on change_technologies',
      `${topicsOfTechnologies('(select new.change_id as change_id, new.technology_id as technology_id)')};`,
      `${topicsOfTechnologies('added')};`,
      'statement',
    ),
    ...trigger(
      'judged_changes_get_topics',
      'update of kind, significance, alerts on changes',
      renewal,
      renewal,
      'row',
    ),
    { sqlite: null, postgres: `drop function add_topics_of_changes()` },
    { sqlite: null, postgres: `drop function add_topics_of_technologies()` },
    { sqlite: null, postgres: `drop function renew_topics_of_change()` },
    `drop view topics_of_changes`,
    `drop view thresholds_of_changes`,
    `drop index deliveries_by_account`,
    `drop index deliveries_open`,
    `create index deliveries_under_way on deliveries (account_id)
      where state in ('queued', 'sending', 'deferred') and attempts > 0`,
    `create index deliveries_ended on deliveries (ended_at) where ended_at is not null`,
    // SQLite can't drop this constraint without writing the table anew, and an entry for a null costs it little.
    { sqlite: null, postgres: `alter table deliveries drop constraint deliveries_message_id_key` },
    {
      sqlite: null,
      postgres: `create unique index deliveries_by_message on deliveries (message_id) where message_id is not null`,
    },
    `drop index subscriptions_by_account`,
    `create index subscriptions_by_account on subscriptions (account_id, id, kind, technology_id, article_id, source_id,
      threshold, after_change_id)`,
  ],
};
