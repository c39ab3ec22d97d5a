import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Claims, DigestLedger, DueAccount, Turn } from '../alerts/digest-ledger.ts';
import type { Instant } from '../knowledge/ids.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import { insertChannelDeliveries } from './digests-channels.ts';
import { type LockedAccount, lockDueAccounts } from './digests-due.ts';
import { findUntoldFeedback, insertToldFeedback } from './digests-feedback.ts';
import { tellChanges } from './digests-told.ts';
import { reserveIds } from './reserve-ids.ts';
import type { Schema } from './schema.ts';
import { columnList, numberList, numberPairs } from './value-lists.ts';

type Kind = Database['kind'];
type Request = Parameters<DigestLedger['claimDigests']>[0];
type Considered = LockedAccount & {
  readonly turn: Extract<Turn, { kind: 'consider' }>;
  /** Of the digest that it gets if there is anything to tell. */
  readonly digestId: number;
};

/** The one transaction of DigestLedger.claimDigests. */
export async function claimDigests(kind: Kind, tx: Kysely<Schema>, request: Request): Promise<Claims> {
  const { now } = request;
  const due = await lockDueAccounts(kind, tx, request);
  const turns = due.map((locked) => ({ ...locked, turn: request.decide(locked.account) }));
  const considered = await nameDigests(kind, tx, turns);
  for (const { account, turn } of turns) {
    if (turn.kind === 'wait') await setNextDigest(tx, account, turn.nextAt);
  }
  if (considered.length === 0) return { accounts: due.length, digests: 0, changes: 0 };

  const through = (await findLastChangeId(tx)) ?? 0;
  const chosen = numberList(
    kind,
    considered.map(({ account }) => account.id),
  );
  const told = await tellChanges(kind, tx, { chosen: listDigests(kind, considered), through });
  const feedback = await findUntoldFeedback(kind, tx, chosen);
  const planned = considered.filter(
    ({ account }) => told.accounts.has(account.id) || feedback.has(account.id),
  );
  await insertDigests(kind, tx, { planned, now });
  if (feedback.size > 0) await insertToldFeedback(tx, listDigests(kind, planned));
  await insertDeliveries(kind, tx, { planned, now });
  await moveOn(kind, tx, { considered, planned, through });
  await forgetConsideredMatches(tx, { chosen, through });

  return { accounts: due.length, digests: planned.length, changes: told.changes };
}

/** Gives each account that is considered the id of a digest, so that what it is told is written only once. */
async function nameDigests(
  kind: Kind,
  tx: Kysely<Schema>,
  turns: readonly (LockedAccount & { readonly turn: Turn })[],
): Promise<Considered[]> {
  const considered = turns.flatMap((one) =>
    one.turn.kind === 'consider' ? [{ ...one, turn: one.turn }] : [],
  );
  const ids = await reserveIds({ db: tx, kind }, 'digests', considered.length);
  return considered.flatMap((one, index) => {
    const digestId = ids[index];
    return digestId === undefined ? [] : [{ ...one, digestId }];
  });
}

/**
 * From here on the accounts are named one by one: a database that had to find the digests of this instant by itself
 * would look through all that the run has written so far.
 */
async function insertDigests(
  kind: Kind,
  tx: Kysely<Schema>,
  { planned, now }: { readonly planned: readonly Considered[]; readonly now: Instant },
): Promise<void> {
  if (planned.length === 0) return;
  const rows = columnList(kind, {
    id: { type: 'bigint', values: planned.map(({ digestId }) => digestId) },
    account_id: { type: 'bigint', values: planned.map(({ account }) => account.id) },
    local_date: { type: 'text', values: planned.map(({ turn }) => turn.localDate) },
    time_zone: { type: 'text', values: planned.map(({ turn }) => turn.timeZone) },
    previous_planned_at: {
      type: 'bigint',
      values: planned.map(({ account }) => account.last?.plannedAt ?? null),
    },
  });
  await sql`
    insert into digests (id, account_id, local_date, time_zone, planned_at, previous_planned_at)
    select id, account_id, local_date, time_zone, ${now}, previous_planned_at from ${rows} planned`.execute(
    tx,
  );
}

async function insertDeliveries(
  kind: Kind,
  tx: Kysely<Schema>,
  { planned, now }: { readonly planned: readonly Considered[]; readonly now: Instant },
): Promise<void> {
  const mailed = planned.filter(({ getsMail }) => getsMail);
  if (mailed.length > 0) {
    await sql`
      insert into deliveries (digest_id, account_id, channel, state, attempts, next_attempt_at)
      select d.digest_id, d.id, 'mail', 'queued', 0, ${now} from ${listDigests(kind, mailed)} d`.execute(tx);
  }
  const others = planned.filter(({ hasChannels }) => hasChannels);
  if (others.length > 0) await insertChannelDeliveries(tx, { digests: listDigests(kind, others), now });
}

/** Rows (id, digest_id), the id being the account's. */
function listDigests(kind: Kind, considered: readonly Considered[]): RawBuilder<unknown> {
  return numberPairs(
    kind,
    ['id', 'digest_id'],
    considered.map(({ account, digestId }) => [account.id, digestId]),
  );
}

async function moveOn(
  kind: Kind,
  tx: Kysely<Schema>,
  parts: {
    readonly considered: readonly Considered[];
    readonly planned: readonly Considered[];
    readonly through: number;
  },
): Promise<void> {
  const greatest = sql.raw(kind === 'sqlite' ? 'max' : 'greatest');
  const planned = new Set(parts.planned);
  const next = numberPairs(
    kind,
    ['id', 'next_at'],
    parts.considered.map((one) => [
      one.account.id,
      planned.has(one) ? one.turn.afterDigestAt : one.turn.nextAt,
    ]),
  );
  await sql`
    update accounts set told_through = ${greatest}(told_through, ${parts.through}), next_digest_at = next.next_at
    from ${next} next where accounts.id = next.id`.execute(tx);
}

async function setNextDigest(tx: Kysely<Schema>, account: DueAccount, nextAt: Instant): Promise<void> {
  await tx.updateTable('accounts').set({ next_digest_at: nextAt }).where('id', '=', account.id).execute();
}

/** A match that no digest took, since its change is below the threshold by now, must not wait for ever. */
async function forgetConsideredMatches(
  tx: Kysely<Schema>,
  { chosen, through }: { readonly chosen: RawBuilder<unknown>; readonly through: number },
): Promise<void> {
  await sql`
    delete from saved_search_matches where change_id <= ${through} and subscription_id in
      (select s.id from subscriptions s where s.query is not null and s.account_id in ${chosen})`.execute(tx);
}
