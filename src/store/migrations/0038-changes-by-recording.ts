import type { Migration } from '../migrate.ts';

/** Where in the change log an instant is. */
export const changesByRecording: Migration = {
  name: '0038-changes-by-recording',
  statements: [`create index changes_by_recording on changes (recorded_at, id)`],
};
