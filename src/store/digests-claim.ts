import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Claims, DigestLedger, DueAccount, Turn } from '../alerts/digest-ledger.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { type ChannelFacts, insertChannelDeliveries, loadChannelFacts } from './digests-channels.ts';
import {
  findUntoldFeedback,
  insertToldFeedback,
  tellsChanges,
  tellsChangesOrFeedback,
} from './digests-feedback.ts';
import { selectUntold } from './digests-untold.ts';
import type { Schema } from './schema.ts';
import { numberList, rowList } from './value-lists.ts';

type Kind = Database['kind'];
type Request = Parameters<DigestLedger['claimDigests']>[0];
type Considered = { readonly account: DueAccount; readonly turn: Extract<Turn, { kind: 'consider' }> };

/** The one transaction of DigestLedger.claimDigests. */
export async function claimDigests(kind: Kind, tx: Kysely<Schema>, request: Request): Promise<Claims> {
  const { now } = request;
  const { due, withoutMail } = await lockDueAccounts(kind, tx, request);
  const considered: Considered[] = [];
  for (const account of due) {
    const turn = request.decide(account);
    if (turn.kind === 'consider') considered.push({ account, turn });
    else await setNextDigest(tx, account, turn.nextAt);
  }
  if (considered.length === 0) return { accounts: due.length, digests: 0, changes: 0 };

  const ids = considered.map(({ account }) => account.id);
  const scope = { chosen: numberList(kind, ids), through: await findLastChange(tx), now };
  const turns = listTurns(kind, considered);
  const hasMatches = await findMatches(kind, tx, scope);
  const hasFeedback = await findUntoldFeedback(kind, tx, scope);
  const told = hasFeedback ? tellsChangesOrFeedback : tellsChanges;
  const digests = hasMatches || hasFeedback ? await insertDigests(tx, { turns, told, now }) : 0;
  const changes = digests > 0 && hasMatches ? await insertToldChanges(tx, scope) : 0;
  if (digests > 0 && hasFeedback) await insertToldFeedback(tx, scope);
  if (digests > 0) {
    await insertDeliveries(kind, tx, { ...scope, withoutMail });
    await insertChannelDeliveries(tx, scope);
  }
  await moveOn(kind, tx, { turns, told }, scope);
  await forgetConsideredMatches(tx, scope);
  return { accounts: due.length, digests, changes };
}

type Due = { readonly due: DueAccount[]; readonly withoutMail: number[] };

/**
 * Those of the accounts that are still due; the ones that another scheduler holds are left to it. `withoutMail`: those
 * of them that get their digest by other channels alone.
 */
async function lockDueAccounts(kind: Kind, tx: Kysely<Schema>, request: Request): Promise<Due> {
  const { accounts, now } = request;
  const isDue = sql`a.paused = 0 and a.confirmed_at is not null
    and (a.next_digest_at <= ${now} or a.next_digest_at is null)`;
  let ids: readonly number[] = accounts;
  if (kind === 'postgres') {
    const locked = await sql<{ id: number }>`
      select a.id from accounts a where a.id in ${numberList(kind, ids)} and ${isDue}
      order by a.id for update skip locked`.execute(tx);
    ids = locked.rows.map((row) => row.id);
  }
  const { rows } = await sql<DueRow>`
    select a.id, a.time_zone, a.digest_hour, a.next_digest_at,
      (select max(l.planned_at) from digests l where l.account_id = a.id) as planned_at,
      (select l.local_date from digests l where l.account_id = a.id order by l.planned_at desc limit 1) as local_date,
      (select max(v.attempts) from deliveries v where v.account_id = a.id
        and v.state in ('queued', 'sending', 'deferred') and v.attempts > 0 and v.channel = 'mail') as open_attempts,
      (select x.reason from suppressions x where x.address_key = a.address_key) as suppressed
    from accounts a where a.id in ${numberList(kind, ids)} and ${isDue} order by a.id`.execute(tx);
  const facts = await loadChannelFacts(
    tx,
    rows.map((row) => row.id),
  );
  return {
    due: rows.map((row) => readDueAccount(row, facts.get(row.id) ?? mailAlone)),
    withoutMail: rows
      .filter((row) => row.suppressed !== null || facts.get(row.id)?.refusesMail)
      .map((row) => row.id),
  };
}

type DueRow = {
  id: number;
  time_zone: string;
  digest_hour: number;
  next_digest_at: number | null;
  planned_at: number | null;
  local_date: string | null;
  open_attempts: number | null;
  suppressed: string | null;
};

const mailAlone: ChannelFacts = { refusesMail: false, active: 0, busy: 0 };

function readDueAccount(row: DueRow, { refusesMail, active, busy }: ChannelFacts): DueAccount {
  const getsMail = row.suppressed === null && !refusesMail;
  return {
    id: asId(row.id),
    timeZone: row.time_zone,
    digestHour: row.digest_hour,
    nextDigestAt: row.next_digest_at === null ? null : asId(row.next_digest_at),
    last:
      row.planned_at === null || row.local_date === null
        ? null
        : { plannedAt: asId(row.planned_at), localDate: row.local_date },
    hasOpenDelivery: getsMail ? row.open_attempts !== null : active > 0 && busy >= active,
    isUnreachable: !getsMail && active === 0,
  };
}

/** `chosen`: the accounts that are considered. `through`: the last change that they may be told now. */
type Scope = { readonly chosen: RawBuilder<unknown>; readonly through: number; readonly now: Instant };

/** `told`: the accounts that get a digest now. */
type Turns = { readonly turns: RawBuilder<unknown>; readonly told: RawBuilder<unknown> };

/** One row for each pair of zone and hour: what is decided depends on nothing else. */
function listTurns(kind: Kind, considered: readonly Considered[]): RawBuilder<unknown> {
  const rows = new Map<string, Record<string, string | number>>();
  for (const { account, turn } of considered) {
    rows.set(`${account.digestHour} ${account.timeZone}`, {
      time_zone: account.timeZone,
      digest_hour: account.digestHour,
      known_zone: turn.timeZone,
      local_date: turn.localDate,
      next_at: turn.nextAt,
      after_digest_at: turn.afterDigestAt,
    });
  }
  return rowList(kind, [...rows.values()]);
}

async function findLastChange(tx: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`select max(id) as id from changes`.execute(tx);
  return rows[0]?.id ?? 0;
}

/**
 * Gathers what the chosen accounts are to be told in a table of this connection, so that everything after it works on
 * one and the same set; tells whether there is any. Of several subscriptions that match, the oldest is the reason.
 */
async function findMatches(kind: Kind, tx: Kysely<Schema>, scope: Scope): Promise<boolean> {
  const untold = selectUntold(scope.through, sql`a.id in ${scope.chosen}`);
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

async function insertDigests(
  tx: Kysely<Schema>,
  { turns, told, now }: Turns & { readonly now: Instant },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with turns as materialized ${turns}
    insert into digests (account_id, local_date, time_zone, planned_at, previous_planned_at)
    select a.id, t.local_date, t.known_zone, ${now},
      (select max(p.planned_at) from digests p where p.account_id = a.id)
    from ${told} m join accounts a on a.id = m.account_id
    join turns t on t.time_zone = a.time_zone and t.digest_hour = a.digest_hour
    order by a.id`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Returns how many; from the digests to their matches, which SQLite does in the order that is written. */
async function insertToldChanges(tx: Kysely<Schema>, { chosen, now }: Scope): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into digest_changes (digest_id, account_id, change_id, subscription_id)
    select d.id, m.account_id, m.change_id, m.subscription_id
    from digests d cross join claim_matches m
    where d.account_id in ${chosen} and d.planned_at = ${now} and m.account_id = d.account_id
    order by m.account_id, m.change_id`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Whoever was considered had no digest at this instant before. */
async function insertDeliveries(
  kind: Kind,
  tx: Kysely<Schema>,
  { chosen, now, withoutMail }: Scope & { readonly withoutMail: readonly number[] },
): Promise<void> {
  const getsMail =
    withoutMail.length === 0 ? sql`` : sql`and d.account_id not in ${numberList(kind, withoutMail)}`;
  await sql`
    insert into deliveries (digest_id, account_id, channel, state, attempts, next_attempt_at)
    select d.id, d.account_id, 'mail', 'queued', 0, ${now} from digests d
    where d.account_id in ${chosen} and d.planned_at = ${now} ${getsMail} order by d.id`.execute(tx);
}

async function moveOn(kind: Kind, tx: Kysely<Schema>, { turns, told }: Turns, scope: Scope): Promise<void> {
  const { chosen, through } = scope;
  const greatest = sql.raw(kind === 'sqlite' ? 'max' : 'greatest');
  await sql`
    with turns as materialized ${turns}
    update accounts set told_through = ${greatest}(told_through, ${through}), next_digest_at = case
      when accounts.id in ${told}
      then t.after_digest_at else t.next_at end
    from turns t where t.time_zone = accounts.time_zone and t.digest_hour = accounts.digest_hour
      and accounts.id in ${chosen}`.execute(tx);
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
