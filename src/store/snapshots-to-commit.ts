import type { Transaction } from 'kysely';
import type { ScanId, SourceId } from '../knowledge/ids.ts';
import type { ScanCommit } from '../knowledge/scanning/scan-ledger.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** A commit of a scan, and the transaction that it is written in. */
export type SnapshotsToCommit = {
  readonly tx: Transaction<Schema>;
  readonly kind: Database['kind'];
  readonly sourceId: SourceId;
  readonly scanId: ScanId;
  readonly commit: ScanCommit;
};
