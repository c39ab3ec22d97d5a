import { type Selectable, sql } from 'kysely';
import {
  type AuditActor,
  type AuditEntry,
  type AuditRecord,
  type AuditTrail,
  hashAuditEntry,
} from '../accounts/audit.ts';
import type { Clock } from '../knowledge/clock.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const verifiedAtOnce = 1000;
const advisoryLock = 7_266_303;

/** The audit trail; see AuditTrail for what each function answers. */
export function createAuditTrail({ kind, db, atomically }: Database, clock: Clock): AuditTrail {
  const append = async (entry: AuditEntry): Promise<void> => {
    // One after the other: each entry holds the hash of the one before.
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(db);
    const last = await db
      .selectFrom('audit_entries')
      .select(['id', 'hash'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const facts = {
      id: (last?.id ?? 0) + 1,
      at: clock.now(),
      actorKind: entry.actor.kind,
      actorId: entry.actor.kind === 'account' ? entry.actor.id : null,
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail ?? {}),
      previousHash: last?.hash ?? '',
    };
    const { actorKind, actorId, previousHash, ...same } = facts;
    await db
      .insertInto('audit_entries')
      .values({
        ...same,
        actor_kind: actorKind,
        actor_id: actorId,
        previous_hash: previousHash,
        hash: hashAuditEntry(facts),
      })
      .execute();
  };
  return {
    recordAct: (act, tell) =>
      atomically(async () => {
        const outcome = await act();
        const entry = tell(outcome);
        if (entry !== null) await append(entry);
        return outcome;
      }),

    async listAudit({ limit, before, action, actor, subject }) {
      let query = db.selectFrom('audit_entries').selectAll().orderBy('id', 'desc').limit(limit);
      if (before !== undefined) query = query.where('id', '<', before);
      if (actor !== undefined) query = query.where('actor_id', '=', actor);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      if (action !== undefined) {
        // '/' follows '.' in the order of characters: all that begin with the name and a dot.
        query = query.where((eb) =>
          eb.or([
            eb('action', '=', action),
            eb.and([eb('action', '>=', `${action}.`), eb('action', '<', `${action}/`)]),
          ]),
        );
      }
      return addAddresses(db, await query.execute());
    },

    async listActions() {
      const rows = await db
        .selectFrom('audit_entries')
        .select('action')
        .distinct()
        .orderBy('action')
        .execute();
      return rows.map((row) => row.action);
    },

    async verifyAudit() {
      let [previousHash, entries] = ['', 0];
      for (;;) {
        const rows = await db
          .selectFrom('audit_entries')
          .selectAll()
          .where('id', '>', entries)
          .orderBy('id')
          .limit(verifiedAtOnce)
          .execute();
        for (const row of rows) {
          const { id, at, action, subject, detail } = row;
          const facts = { id, at, action, subject, detail, actorKind: row.actor_kind, actorId: row.actor_id };
          if (id !== entries + 1) {
            return {
              kind: 'broken',
              id,
              sentence: `Entry ${entries + 1} is missing: the next one is ${id}.`,
            };
          }
          if (row.previous_hash !== previousHash || row.hash !== hashAuditEntry({ ...facts, previousHash })) {
            return { kind: 'broken', id, sentence: `Entry ${id} does not follow from the one before it.` };
          }
          [previousHash, entries] = [row.hash, id];
        }
        if (rows.length < verifiedAtOnce) return { kind: 'whole', entries };
      }
    },
  };
}

async function addAddresses(
  db: Database['db'],
  rows: readonly Selectable<Schema['audit_entries']>[],
): Promise<AuditRecord[]> {
  const numbers = new Set<number>();
  for (const row of rows) {
    if (row.actor_id !== null) numbers.add(row.actor_id);
    const subject = /^account:(\d{1,15})$/.exec(row.subject)?.[1];
    if (subject !== undefined) numbers.add(Number(subject));
  }
  const accounts =
    numbers.size === 0
      ? []
      : await db
          .selectFrom('accounts')
          .select(['id', 'address'])
          .where('id', 'in', [...numbers])
          .execute();
  const addresses = new Map(accounts.map((account) => [account.id, account.address]));
  return rows.map((row) => ({
    id: row.id,
    at: asId(row.at),
    actor: readActor(row),
    action: row.action as AuditEntry['action'], // written from the same type
    subject: row.subject as AuditEntry['subject'], // as above
    detail: JSON.parse(row.detail) as Required<AuditEntry>['detail'], // as above
    addresses,
  }));
}

function readActor(row: Selectable<Schema['audit_entries']>): AuditActor {
  if (row.actor_kind === 'account' && row.actor_id !== null)
    return { kind: 'account', id: asId(row.actor_id) };
  return { kind: row.actor_kind === 'operator' ? 'operator' : 'program' };
}
