import { hash } from 'node:crypto';
import type { AccountId, Instant } from '../knowledge/ids.ts';

/** Who did it: an account, whoever runs the program on its command line, or the program by itself. */
export type AuditActor =
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'operator' }
  | { readonly kind: 'program' };

/** Something that was done with rights. Holds numbers and names of things, never addresses, secrets or texts. */
export type AuditEntry = {
  readonly actor: AuditActor;
  /** A noun and what became of it, in lower case: `role.changed`, `api-token.made`. */
  readonly action: `${string}.${string}`;
  /** What it was done to: a kind and its number or name, such as `account:12`, `source:exchange`. */
  readonly subject: `${string}:${string | number}`;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
};

export type AuditRecord = Required<AuditEntry> & {
  readonly id: number;
  readonly at: Instant;
  /** Addresses of the accounts that are named, by number; those that are gone are left out. */
  readonly addresses: ReadonlyMap<number, string>;
};

/** What happened to the chain: every entry follows from the one before, or the first that does not. */
export type AuditVerdict =
  | { readonly kind: 'whole'; readonly entries: number }
  | { readonly kind: 'broken'; readonly id: number; readonly sentence: string };

/** The one port of those who record. */
export type AuditRecorder = {
  /**
   * Acts, and records what it came to, in one transaction (see Atomically): there is no act without its entry and no
   * entry without its act. `tell` answers null where nothing came of it.
   */
  recordAct<Outcome>(
    act: () => Promise<Outcome>,
    tell: (outcome: Outcome) => AuditEntry | null,
  ): Promise<Outcome>;
};

/** The audit trail: only ever added to; the database refuses everything else. */
export type AuditTrail = AuditRecorder & {
  /** Newest first. `action` also matches all that begin with it and a dot: `role` finds `role.changed`. */
  listAudit(filter: {
    readonly limit: number;
    readonly before?: number | undefined;
    readonly action?: string | undefined;
    readonly actor?: AccountId | undefined;
    readonly subject?: string | undefined;
  }): Promise<AuditRecord[]>;
  /** Every action that was ever recorded, by name. */
  listActions(): Promise<string[]>;
  /** Recomputes every hash. */
  verifyAudit(): Promise<AuditVerdict>;
};

/** SHA-256 over the hash before and all that the entry says, as JSON in a fixed order. */
export function hashAuditEntry(entry: {
  readonly id: number;
  readonly at: number;
  readonly actorKind: string;
  readonly actorId: number | null;
  readonly action: string;
  readonly subject: string;
  /** As it is kept. */
  readonly detail: string;
  readonly previousHash: string;
}): string {
  const { previousHash, id, at, actorKind, actorId, action, subject, detail } = entry;
  return hash('sha256', JSON.stringify([previousHash, id, at, actorKind, actorId, action, subject, detail]));
}
