import type { Migration } from '../migrate.ts';

/** When each source is visited next, and whether somebody asked for it sooner. */
export const sourceSchedules: Migration = {
  name: '0002-source-schedules',
  statements: [
    `create table source_schedules (
      source_id {int} not null primary key references sources (id) on delete cascade,
      next_scan_at {int} not null, requested_at {int}, failures {int} not null,
      failing_since {int}, told_at {int})`,
    `create index source_schedules_due on source_schedules (next_scan_at)`,
  ],
};
