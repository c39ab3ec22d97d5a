import { type Kysely, sql } from 'kysely';
import type { DueAccount } from '../alerts/digest-ledger.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { type ChannelFacts, loadChannelFacts } from './digests-channels.ts';
import type { Schema } from './schema.ts';
import { numberList } from './value-lists.ts';

/** What only the ledger needs to know of a due account. */
export type LockedAccount = {
  readonly account: DueAccount;
  readonly getsMail: boolean;
  readonly hasChannels: boolean;
};

/** Those of the accounts that are still due; the ones that another scheduler holds are left to it. */
export async function lockDueAccounts(
  kind: Database['kind'],
  tx: Kysely<Schema>,
  { accounts, now }: { readonly accounts: readonly number[]; readonly now: Instant },
): Promise<LockedAccount[]> {
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
  return rows.map((row) => readDueAccount(row, facts.get(row.id) ?? mailAlone));
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

function readDueAccount(row: DueRow, { refusesMail, active, busy }: ChannelFacts): LockedAccount {
  const getsMail = row.suppressed === null && !refusesMail;
  return {
    account: {
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
    },
    getsMail,
    hasChannels: active > 0,
  };
}
