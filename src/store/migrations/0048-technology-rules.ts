import type { Migration } from '../migrate.ts';

/** Corrections that hold for all articles of a source, those to come as well. */
export const technologyRules: Migration = {
  name: '0048-technology-rules',
  statements: [
    `create table technology_rules (
      id {id},
      source_id {int} not null references sources (id) on delete cascade,
      technology_id {int} not null references technologies (id) on delete cascade,
      instead_id {int} references technologies (id) on delete cascade,
      curator_id {int} not null, made_at {int} not null, articles {int} not null,
      unique (source_id, technology_id),
      check (instead_id is null or instead_id <> technology_id))`,
  ],
};
