import type { Generated } from 'kysely';

/** What was done with rights; only ever added to (triggers). */
export type AuditTables = { audit_entries: AuditEntriesTable };

type AuditEntriesTable = {
  id: Generated<number>;
  at: number;
  /** `account`, `operator` (the command line) or `program`. */
  actor_kind: string;
  /** Number of the account, which may be gone by now. */
  actor_id: number | null;
  /** `role.changed` */
  action: string;
  /** `account:12` */
  subject: string;
  /** JSON object of plain values. */
  detail: string;
  /** Hash of the entry before; of the first one: empty. */
  previous_hash: string;
  hash: string;
};
