import type { Migration } from '../migrate.ts';

/** What polite fetching remembers between two nights: of hosts, and of what the visits to a source gave. */
export const fetchMemoryTables: Migration = {
  name: '0005-fetch-memory',
  statements: [
    `create table fetched_robots (origin text not null primary key, content text not null, read_at {int} not null)`,
    `create table host_rests (host text not null primary key, rests_until {int} not null)`,
    `create table host_spending (
      host text not null, night text not null, requests {int} not null, primary key (host, night))`,
    `create table permanent_redirects (
      from_url text not null primary key, to_url text not null, seen_at {int} not null)`,
    `create table visits (
      source_id {int} not null references sources (id) on delete cascade, resource text not null,
      stage text not null check (stage in ('settled', 'open', 'waiting')), proof text,
      etag text, last_modified text, content_hash text, note text, draft text,
      is_gone {int} not null, visited_at {int} not null,
      check ((stage = 'waiting') = (proof is not null)),
      primary key (source_id, resource, stage))`,
  ],
};
