import { resolve } from 'node:path';
import type { WorkplaceOptions } from '../cli/workplace.ts';
import { restoreDatabase } from '../store/backup.ts';
import { openDatabase } from '../store/database.ts';
import { migrateSafely } from '../store/migrate-safely.ts';
import { readConfig } from './config.ts';

/** Brings the database up to the version of the program; gives the names of the steps that were run. */
export async function migrateData(options: WorkplaceOptions): Promise<string[]> {
  const location = readConfig(process.env, options).database;
  const database = openDatabase(location);
  try {
    return await migrateSafely(database, location);
  } finally {
    await database.close();
  }
}

/** Puts a backup in the place of the data, which is kept beside it. */
export function restoreData(file: string, options: WorkplaceOptions): Promise<{ keptAs: string | null }> {
  return restoreDatabase(readConfig(process.env, options).database, resolve(file));
}
