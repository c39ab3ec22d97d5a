import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Claims, DigestLedger, DueAccount, Turn } from '../alerts/digest-ledger.ts';
import type { Instant } from '../knowledge/ids.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import { insertChannelDeliveries } from './digests-channels.ts';
import { type LockedAccount, lockDueAccounts } from './digests-due.ts';
import { findUntoldFeedback, insertToldFeedback } from './digests-feedback.ts';
import { selectUntold } from './digests-untold.ts';
import type { Schema } from './schema.ts';
import { columnList, numberList } from './value-lists.ts';

type Kind = Database['kind'];
type Request = Parameters<DigestLedger['claimDigests']>[0];
type Considered = LockedAccount & { readonly turn: Extract<Turn, { kind: 'consider' }> };
type Planned = Considered & { readonly digestId: number };

/** `chosen`: the accounts that are considered. `through`: the last change that they may be told now. */
type Scope = { readonly chosen: RawBuilder<unknown>; readonly through: number; readonly now: Instant };

/** The one transaction of DigestLedger.claimDigests. */
export async function claimDigests(kind: Kind, tx: Kysely<Schema>, request: Request): Promise<Claims> {
  const { now } = request;
  const due = await lockDueAccounts(kind, tx, request);
  const considered: Considered[] = [];
  for (const locked of due) {
    const turn = request.decide(locked.account);
    if (turn.kind === 'consider') considered.push({ ...locked, turn });
    else await setNextDigest(tx, locked.account, turn.nextAt);
  }
  if (considered.length === 0) return { accounts: due.length, digests: 0, changes: 0 };

  const ids = considered.map(({ account }) => account.id);
  const scope = { chosen: numberList(kind, ids), through: (await findLastChangeId(tx)) ?? 0, now };
  const hasMatches = await findMatches(kind, tx, scope);
  const hasFeedback = await findUntoldFeedback(kind, tx, scope);
  const told = hasMatches || hasFeedback ? await listTold(tx, hasFeedback) : new Set<number>();
  const planned = await insertDigests(kind, tx, { considered, told, now });
  const changes = await insertTold(kind, tx, { planned, hasMatches, hasFeedback });
  await insertDeliveries(kind, tx, { planned, now });
  await moveOn(kind, tx, { considered, told, through: scope.through });
  await forgetConsideredMatches(tx, scope);
  return { accounts: due.length, digests: planned.length, changes };
}

/**
 * Gathers what the chosen accounts are to be told in a table of this connection, so that everything after it works on
 * one and the same set; tells whether there is any. Of several subscriptions that match, the oldest is the reason.
 */
async function findMatches(kind: Kind, tx: Kysely<Schema>, { chosen, through }: Scope): Promise<boolean> {
  const untold = selectUntold(kind, through, sql`a.id in ${chosen}`);
  if (kind === 'sqlite') {
    await sql`
      create temporary table if not exists claim_matches (account_id bigint not null, change_id bigint not null,
        subscription_id bigint not null, primary key (account_id, change_id)) without rowid`.execute(tx);
    await sql`delete from claim_matches`.execute(tx);
    // Half the work of sorting them first: they come nearly in order.
    const { numAffectedRows } = await sql`
      insert into claim_matches (account_id, change_id, subscription_id)
      select account_id, change_id, subscription_id from (${untold}) untold where true
      on conflict do update set subscription_id = min(subscription_id, excluded.subscription_id)`.execute(tx);
    return numAffectedRows !== 0n;
  }
  await sql`
    create temporary table if not exists claim_matches (account_id bigint not null, change_id bigint not null,
      subscription_id bigint not null) on commit delete rows`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into claim_matches (account_id, change_id, subscription_id)
    select account_id, change_id, min(subscription_id) from (${untold}) untold
    group by account_id, change_id order by account_id, change_id`.execute(tx);
  return numAffectedRows !== 0n;
}

/** Whose digests there are: told a change, or feedback. */
async function listTold(tx: Kysely<Schema>, hasFeedback: boolean): Promise<ReadonlySet<number>> {
  const feedback = hasFeedback ? sql`union select account_id from claim_feedback` : sql``;
  const { rows } = await sql<{ account_id: number }>`
    select distinct account_id from claim_matches ${feedback}`.execute(tx);
  return new Set(rows.map((row) => row.account_id));
}

/**
 * From here on the accounts are named one by one: a database that had to find the digests of this instant by itself
 * would look through all that the run has written so far.
 */
async function insertDigests(
  kind: Kind,
  tx: Kysely<Schema>,
  parts: {
    readonly considered: readonly Considered[];
    readonly told: ReadonlySet<number>;
    readonly now: Instant;
  },
): Promise<Planned[]> {
  const getting = parts.considered.filter(({ account }) => parts.told.has(account.id));
  if (getting.length === 0) return [];
  const rows = columnList(kind, {
    account_id: { type: 'bigint', values: getting.map(({ account }) => account.id) },
    local_date: { type: 'text', values: getting.map(({ turn }) => turn.localDate) },
    time_zone: { type: 'text', values: getting.map(({ turn }) => turn.timeZone) },
    previous_planned_at: {
      type: 'bigint',
      values: getting.map(({ account }) => account.last?.plannedAt ?? null),
    },
  });
  const inserted = await sql<{ id: number; account_id: number }>`
    insert into digests (account_id, local_date, time_zone, planned_at, previous_planned_at)
    select account_id, local_date, time_zone, ${parts.now}, previous_planned_at from ${rows} getting
    returning id, account_id`.execute(tx);
  const digestIds = new Map(inserted.rows.map((row) => [row.account_id, row.id]));
  return getting.flatMap((one) => {
    const digestId = digestIds.get(one.account.id);
    return digestId === undefined ? [] : [{ ...one, digestId }];
  });
}

/** Keeps what was gathered with the digests that tell it; returns how many changes. */
async function insertTold(
  kind: Kind,
  tx: Kysely<Schema>,
  parts: {
    readonly planned: readonly Planned[];
    readonly hasMatches: boolean;
    readonly hasFeedback: boolean;
  },
): Promise<number> {
  if (parts.planned.length === 0) return 0;
  const digests = listDigests(kind, parts.planned);
  if (parts.hasFeedback) await insertToldFeedback(tx, digests);
  if (!parts.hasMatches) return 0;
  // From the digests to their matches, which SQLite does in the order that is written.
  const { numAffectedRows } = await sql`
    insert into digest_changes (digest_id, account_id, change_id, subscription_id)
    select d.id, m.account_id, m.change_id, m.subscription_id
    from ${digests} d cross join claim_matches m where m.account_id = d.account_id`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Whoever was considered had no digest at this instant before. */
async function insertDeliveries(
  kind: Kind,
  tx: Kysely<Schema>,
  { planned, now }: { readonly planned: readonly Planned[]; readonly now: Instant },
): Promise<void> {
  const mailed = planned.filter(({ getsMail }) => getsMail);
  if (mailed.length > 0) {
    await sql`
      insert into deliveries (digest_id, account_id, channel, state, attempts, next_attempt_at)
      select d.id, d.account_id, 'mail', 'queued', 0, ${now} from ${listDigests(kind, mailed)} d`.execute(tx);
  }
  const others = planned.filter(({ hasChannels }) => hasChannels);
  if (others.length > 0) await insertChannelDeliveries(tx, { digests: listDigests(kind, others), now });
}

function listDigests(kind: Kind, planned: readonly Planned[]): RawBuilder<unknown> {
  return columnList(kind, {
    id: { type: 'bigint', values: planned.map(({ digestId }) => digestId) },
    account_id: { type: 'bigint', values: planned.map(({ account }) => account.id) },
  });
}

async function moveOn(
  kind: Kind,
  tx: Kysely<Schema>,
  parts: {
    readonly considered: readonly Considered[];
    readonly told: ReadonlySet<number>;
    readonly through: number;
  },
): Promise<void> {
  const greatest = sql.raw(kind === 'sqlite' ? 'max' : 'greatest');
  const next = columnList(kind, {
    id: { type: 'bigint', values: parts.considered.map(({ account }) => account.id) },
    next_at: {
      type: 'bigint',
      values: parts.considered.map(({ account, turn }) =>
        parts.told.has(account.id) ? turn.afterDigestAt : turn.nextAt,
      ),
    },
  });
  await sql`
    update accounts set told_through = ${greatest}(told_through, ${parts.through}), next_digest_at = next.next_at
    from ${next} next where accounts.id = next.id`.execute(tx);
}

async function setNextDigest(tx: Kysely<Schema>, account: DueAccount, nextAt: Instant): Promise<void> {
  await tx.updateTable('accounts').set({ next_digest_at: nextAt }).where('id', '=', account.id).execute();
}

/** A match that no digest took, since its change is below the threshold by now, must not wait for ever. */
async function forgetConsideredMatches(tx: Kysely<Schema>, { chosen, through }: Scope): Promise<void> {
  await sql`
    delete from saved_search_matches where change_id <= ${through} and subscription_id in
      (select s.id from subscriptions s where s.query is not null and s.account_id in ${chosen})`.execute(tx);
}
