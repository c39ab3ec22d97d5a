import type { Archive } from '../knowledge/archive.ts';
import type { ScanLedger } from '../knowledge/scanning/scan-ledger.ts';
import { createArchive } from './archive.ts';
import { type ChangeLog, createChangeLog } from './change-log.ts';
import type { Database } from './database.ts';
import { createScanLedger } from './scan-ledger.ts';
import { createSourceStore, type SourceStore } from './sources.ts';

/** Everything that is kept, by noun, over one database. */
export type Store = {
  readonly database: Database;
  readonly archive: Archive;
  readonly changeLog: ChangeLog;
  readonly scanLedger: ScanLedger;
  readonly sources: SourceStore;
};

/** Binds the ports over an open, migrated database; closing it is the caller's. */
export function openStore(database: Database): Store {
  return {
    database,
    archive: createArchive(database),
    changeLog: createChangeLog(database),
    scanLedger: createScanLedger(database),
    sources: createSourceStore(database),
  };
}
