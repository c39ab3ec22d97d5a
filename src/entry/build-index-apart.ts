import { openDatabase } from '../store/database.ts';
import { buildIndexState } from './build-index-state.ts';
import { composeSearch } from './compose-search.ts';
import { readConfig } from './config.ts';
import { writeSearchSnapshot } from './search-snapshot.ts';

// A program of its own that builds the search index, leaves it in a file and ends: settings as JSON, the file.
const [, , settings = '{}', file = ''] = process.argv;
const overrides = JSON.parse(settings) as Parameters<typeof readConfig>[1]; // search-thread.ts passes its own
const database = openDatabase(readConfig(process.env, overrides).database);
try {
  await writeSearchSnapshot(file, await buildIndexState(composeSearch(database)));
} finally {
  await database.close();
}
