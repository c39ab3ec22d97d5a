import type { Migration } from '../migrate.ts';

/** What pages show of the newest revision of each article, made ahead: derived, may be emptied at any time. */
export const pageReadings: Migration = {
  name: '0051-page-readings',
  statements: [
    `create table page_readings (
      article_id {int} not null primary key references articles (id) on delete cascade,
      revision {int} not null, key text not null, content_hash {bytes} not null,
      made_by text not null, made_at {int} not null, content {bytes} not null)`,
  ],
};
