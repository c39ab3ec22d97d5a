import { type Kysely, sql } from 'kysely';
import type { AttemptEnd, Letter, LetterQueue } from '../alerts/letter-queue.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { unpackMessages } from './deliveries-message.ts';
import { withdrawPile } from './deliveries-pile.ts';
import { endRefused, type Refusal } from './deliveries-refuse.ts';
import { type ClaimedRow, type ClaimRequest, claimRows, endLetters } from './deliveries-states.ts';
import type { Schema } from './schema.ts';
import { columnList, numberList } from './value-lists.ts';

/** Deliveries by mail on their way; see LetterQueue for what each function answers. */
export function createDeliveryQueue(database: Database): LetterQueue {
  const { kind, db } = database;
  return {
    claimLetters: (request) =>
      db.transaction().execute(async (tx) => {
        const claimed = await claimRows(tx, { kind, table: 'deliveries', ...request });
        if (claimed.length === 0) return [];
        const ready: (DeliveryRow & { content: Uint8Array })[] = [];
        const gone = new Set<number>();
        for (const row of await loadDeliveries(tx, kind, claimed)) {
          if (row.attempts === 1 && row.has_later === 1 && !gone.has(row.digest_id)) {
            const { account_id: accountId, digest_id: digestId } = row;
            const { now, leaseToken } = request;
            const pile = await withdrawPile(tx, { kind, accountId, digestId, leaseToken, now });
            for (const id of pile) gone.add(id);
          }
          if (gone.has(row.digest_id)) continue;
          const { content } = row;
          if ((await refuse(database, tx, { row, now: request.now })) || content === null) continue;
          ready.push({ ...row, content });
        }
        const messages = await unpackMessages(ready.map(({ content }) => content));
        const letters = ready.flatMap((row, at) => {
          const message = messages[at];
          return message ? [toLetter(row, message, request)] : [];
        });
        await recordBegun(tx, kind, { letters, now: request.now });
        return letters;
      }),

    endAttempts: (ends) =>
      db.transaction().execute(async (tx) => {
        const late = await endLetters(tx, { kind, table: 'deliveries', ends });
        await recordEnds(tx, kind, ends);
        return { late };
      }),
  };
}

/** What is recorded of an attempt is true whoever holds the letter by now. */
async function recordEnds(
  tx: Kysely<Schema>,
  kind: Database['kind'],
  ends: readonly AttemptEnd[],
): Promise<void> {
  const listed = columnList(kind, {
    letter_id: { type: 'bigint', values: ends.map(({ letter }) => letter.id) },
    attempt: { type: 'bigint', values: ends.map(({ letter }) => letter.attempt) },
    over_at: { type: 'bigint', values: ends.map(({ endedAt }) => endedAt) },
    result: { type: 'text', values: ends.map(({ outcome }) => outcome.kind) },
    words: { type: 'text', values: ends.map(({ outcome }) => outcome.response) },
  });
  await sql`
    update delivery_attempts set ended_at = over_at, outcome = result, response = words
    from ${listed} as listed where delivery_id = letter_id and number = attempt`.execute(tx);
}

async function recordBegun(
  tx: Kysely<Schema>,
  kind: Database['kind'],
  { letters, now }: { readonly letters: readonly Letter[]; readonly now: Instant },
): Promise<void> {
  const listed = columnList(kind, {
    letter_id: { type: 'bigint', values: letters.map(({ id }) => id) },
    attempt: { type: 'bigint', values: letters.map(({ attempt }) => attempt) },
  });
  await sql`
    insert into delivery_attempts (delivery_id, number, started_at)
    select letter_id, attempt, ${now} from ${listed} as listed`.execute(tx);
}

type DeliveryRow = ClaimedRow & {
  digest_id: number;
  account_id: number;
  planned_at: number;
  content: Uint8Array | null;
  account_address: string;
  confirmed_at: number | null;
  paused: number;
  suppressed: string | null;
  has_later: number;
  /** Set when the account takes no mail. */
  mail_off: number | null;
};

async function loadDeliveries(
  tx: Kysely<Schema>,
  kind: Database['kind'],
  claimed: readonly ClaimedRow[],
): Promise<DeliveryRow[]> {
  const facts = await tx
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .leftJoin('delivery_messages', 'delivery_messages.delivery_id', 'deliveries.id')
    .leftJoin('suppressions', 'suppressions.address_key', 'accounts.address_key')
    .leftJoin('channels as off', (join) =>
      join.onRef('off.account_id', '=', 'accounts.id').on('off.kind', '=', 'mail'),
    )
    .select(['deliveries.id', 'deliveries.digest_id', 'deliveries.account_id', 'digests.planned_at'])
    .select('delivery_messages.content')
    .select(['accounts.address as account_address', 'accounts.confirmed_at', 'accounts.paused'])
    .select(['suppressions.reason as suppressed', 'off.id as mail_off'])
    .select(
      sql<number>`case when exists (select 1 from digests later where later.account_id = digests.account_id
        and later.previous_planned_at = digests.planned_at) then 1 else 0 end`.as('has_later'),
    )
    .where(
      sql<boolean>`deliveries.id in ${numberList(
        kind,
        claimed.map((row) => row.id),
      )}`,
    )
    .execute();
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return claimed.flatMap((row) => {
    const fact = byId.get(row.id);
    return fact ? [{ ...row, ...fact }] : [];
  });
}

/** Ends what may not be sent any more, or never could be; tells whether it did. */
async function refuse(
  database: Database,
  tx: Kysely<Schema>,
  { row, now }: { readonly row: DeliveryRow; readonly now: Instant },
): Promise<boolean> {
  const begun = row.attempts - 1; // this one has not begun
  const refusal = findRefusal(row);
  if (refusal !== null) {
    await endRefused(database, tx, { row, begun, refusal, now });
    return true;
  }
  if (row.account_address === row.address) return false;
  if (begun === 0) await rewriteLater(tx, row, now);
  else await endRefused(database, tx, { row, begun, refusal: addressChanged, now });
  return true;
}

const addressChanged: Refusal = {
  scope: 'channel',
  problem: 'The account has another address by now.',
};

function findRefusal(row: DeliveryRow): Refusal | null {
  if (row.content === null) return { scope: 'channel', problem: 'Its message is missing.' };
  if (row.confirmed_at === null) return { scope: 'account', problem: 'The address is not confirmed.' };
  if (row.paused === 1) return { scope: 'account', problem: 'The account is paused.' };
  if (row.suppressed !== null) {
    return { scope: 'channel', problem: `The address is suppressed: ${row.suppressed}.` };
  }
  return row.mail_off === null ? null : { scope: 'channel', problem: 'The account takes no mail.' };
}

/** No attempt was made, so that the message may still be another one. */
async function rewriteLater(tx: Kysely<Schema>, row: DeliveryRow, now: Instant): Promise<void> {
  await tx.deleteFrom('delivery_messages').where('delivery_id', '=', row.id).execute();
  await tx
    .updateTable('deliveries')
    .set({ state: 'queued', attempts: 0, next_attempt_at: now, lease_token: null, lease_until: null })
    .set({ message_id: null, address: null, domain: null, subject: null })
    .where('id', '=', row.id)
    .execute();
}

function toLetter(row: DeliveryRow, message: Uint8Array, request: ClaimRequest): Letter {
  return {
    id: row.id,
    address: row.address,
    messageId: row.message_id,
    message,
    attempt: row.attempts,
    queuedAt: asId(row.planned_at),
    leaseToken: request.leaseToken,
    leaseUntil: asId(request.now + request.leaseMs),
  };
}
