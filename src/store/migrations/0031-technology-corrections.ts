import type { Migration } from '../migrate.ts';

/** What curators say about the technologies of an article, against what the source says: every later scan keeps to it. */
export const technologyCorrections: Migration = {
  name: '0031-technology-corrections',
  statements: [
    `create table technology_corrections (
      article_id {int} not null references articles (id) on delete cascade,
      technology_id {int} not null references technologies (id) on delete cascade,
      applies {int} not null check (applies in (0, 1)),
      curator_id {int},
      corrected_at {int} not null,
      primary key (article_id, technology_id)) {clustered}`,
    `create index technology_corrections_by_technology on technology_corrections (technology_id)`,
  ],
};
