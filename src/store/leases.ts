import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** A right to do one piece of work alone. `fence` is higher than that of every holder before. */
export type Lease = { readonly name: string; readonly holder: string; readonly fence: number };

export type AcquireOutcome =
  | { readonly kind: 'acquired'; readonly lease: Lease }
  | { readonly kind: 'held'; readonly holder: string; readonly expiresAtMs: number };

/** Another process took the work over; nothing of this one's is kept any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'LEASE_LOST';
}

/** Names this process and one piece of its work: `host:pid:random`. */
export function nameHolder(): string {
  return `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
}

/**
 * Takes the lease when nobody has it, when it ran out, or when its holder was a process of this host that is gone:
 * after a crash nobody has to wait. Leases are about living processes, so their time is the system's.
 */
export async function acquireLease(
  db: Kysely<Schema>,
  request: { readonly name: string; readonly holder: string; readonly durationMs: number },
): Promise<AcquireOutcome> {
  const { name, holder, durationMs } = request;
  const nowMs = Date.now();
  const expires_at = nowMs + durationMs;
  await db
    .insertInto('leases')
    .values({ name, holder: '', fence: 0, expires_at: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const current = await db
    .selectFrom('leases')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  if (current.expires_at <= nowMs || isGone(current.holder)) {
    const fence = current.fence + 1;
    const taken = await db
      .updateTable('leases')
      .set({ holder, fence, expires_at })
      .where('name', '=', name)
      .where('fence', '=', current.fence)
      .where('expires_at', '=', current.expires_at)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 1n) return { kind: 'acquired', lease: { name, holder, fence } };
  }
  return { kind: 'held', holder: current.holder, expiresAtMs: current.expires_at };
}

/** False when the lease is somebody else's by now. */
export async function renewLease(db: Kysely<Schema>, lease: Lease, durationMs: number): Promise<boolean> {
  const renewed = await db
    .updateTable('leases')
    .set({ expires_at: Date.now() + durationMs })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .executeTakeFirst();
  return renewed.numUpdatedRows === 1n;
}

/** Gives the lease back, unless somebody else has it by now. The row stays: it remembers the fence. */
export async function releaseLease(db: Kysely<Schema>, lease: Lease): Promise<void> {
  await db
    .updateTable('leases')
    .set({ expires_at: 0 })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .execute();
}

/** Throws LeaseLostError unless the lease is still ours; nobody can take it before this transaction ends. */
export async function assertLease(tx: Transaction<Schema>, lease: Lease): Promise<void> {
  const mine = await tx
    .updateTable('leases')
    .set({ holder: lease.holder })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .where('expires_at', '>', 0)
    .executeTakeFirst();
  if (mine.numUpdatedRows !== 1n) {
    throw new LeaseLostError(
      `Another process took over "${lease.name}"; what this one had not kept is dropped.`,
    );
  }
}

function isGone(holder: string): boolean {
  const [host, pid] = holder.split(':');
  if (host !== hostname() || !pid || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
