import { sql } from 'kysely';
import { leastGapMs, localDateAt } from '../../alerts/calendar.ts';
import { asId } from '../../knowledge/ids.ts';
import type { Database } from '../database.ts';
import { unpackMessage } from '../deliveries-message.ts';
import { createTally, type Verification, type VerifyProgress } from './verification.ts';

const pageSize = 500;

/**
 * Walks the digests of every account as a chain: one a local date, 20 hours apart, each naming its predecessor, none
 * empty, each with its delivery, and a message that can be read wherever one is kept.
 */
export async function verifyLedger(
  { db }: Pick<Database, 'db'>,
  onProgress: VerifyProgress,
): Promise<Verification> {
  const tally = createTally('digests');
  const { total } = await db
    .selectFrom('digests')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let done = 0;
  for (let after = 0; ; ) {
    const accounts = await db
      .selectFrom('accounts')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    if (accounts.length > 0) {
      const rows = await listDigests(db, after, accounts.at(-1)?.id ?? after);
      for (const ofAccount of Map.groupBy(rows, (row) => row.account_id).values()) {
        verifyChain(ofAccount, tally);
      }
      done += rows.length;
      onProgress('digests', done, Number(total));
    }
    after = accounts.at(-1)?.id ?? after;
    if (accounts.length < pageSize) break;
  }
  const { rows: strays } = await sql<{ count: number }>`
    select count(*) as count from digest_changes d
    where not exists (select 1 from digests g where g.id = d.digest_id and g.account_id = d.account_id)`.execute(
    db,
  );
  const stray = Number(strays[0]?.count ?? 0);
  if (stray > 0) tally.fault(`${stray} changes are told by digests that are not in the ledger.`);
  return tally.end();
}

async function listDigests(db: Database['db'], after: number, through: number) {
  const rows = await db
    .selectFrom('digests')
    .leftJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .leftJoin('delivery_messages', 'delivery_messages.delivery_id', 'deliveries.id')
    .select([
      'digests.id',
      'digests.account_id',
      'local_date',
      'time_zone',
      'planned_at',
      'previous_planned_at',
    ])
    .select(['deliveries.state', 'deliveries.message_id', 'content'])
    .select((eb) =>
      eb
        .selectFrom('digest_changes')
        .select((inner) => inner.fn.countAll<number>().as('told'))
        .whereRef('digest_changes.digest_id', '=', 'digests.id')
        .whereRef('digest_changes.account_id', '=', 'digests.account_id')
        .as('told'),
    )
    .select((eb) =>
      eb
        .selectFrom('digest_feedback')
        .select((inner) => inner.fn.countAll<number>().as('said'))
        .whereRef('digest_feedback.digest_id', '=', 'digests.id')
        .as('said'),
    )
    .where('digests.account_id', '>', after)
    .where('digests.account_id', '<=', through)
    .orderBy('digests.account_id')
    .orderBy('planned_at')
    .orderBy('digests.id')
    .execute();
  return rows;
}

type DigestRow = Awaited<ReturnType<typeof listDigests>>[number];

function verifyChain(rows: readonly DigestRow[], tally: ReturnType<typeof createTally>): void {
  let before: DigestRow | null = null;
  for (const row of rows) {
    const name = `Digest ${row.id}`;
    if (row.content !== null && !canBeRead(row.content)) tally.fault(`The message of ${name} can't be read.`);
    if (row.state === null) tally.fault(`${name} has no delivery.`);
    if (row.state === 'accepted' && row.message_id === null)
      tally.fault(`${name} was accepted without a message.`);
    if (before?.id === row.id) continue; // another channel of the same digest
    tally.check();
    if (Number(row.told) + Number(row.said) === 0) tally.fault(`${name} tells nothing.`);
    if (localDateAt(asId(row.planned_at), row.time_zone) !== row.local_date) {
      tally.fault(
        `${name} is of ${row.local_date}, which is not the date of its instant in ${row.time_zone}.`,
      );
    }
    if (row.previous_planned_at !== (before?.planned_at ?? null))
      tally.fault(`${name} does not name its predecessor.`);
    if (before && row.local_date <= before.local_date)
      tally.fault(`${name} does not come after the one before it.`);
    if (before && row.planned_at - before.planned_at < leastGapMs) {
      tally.fault(`${name} came less than 20 hours after its predecessor.`);
    }
    before = row;
  }
}

function canBeRead(content: Uint8Array): boolean {
  try {
    unpackMessage(content);
    return true;
  } catch {
    return false;
  }
}
