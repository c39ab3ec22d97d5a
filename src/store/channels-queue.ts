import { type Kysely, sql } from 'kysely';
import type { Channel } from '../alerts/channel.ts';
import type {
  ChannelDesk,
  ChannelLetter,
  ChannelQueue,
  UnwrittenChannelDigest,
} from '../alerts/channel-queue.ts';
import { asId } from '../knowledge/ids.ts';
import { readChannel } from './channels-read.ts';
import type { Database } from './database.ts';
import { createDeliveryQueue } from './deliveries.ts';
import { unpackMessage } from './deliveries-message.ts';
import { endRefused, type Refusal } from './deliveries-refuse.ts';
import { createDigestDesk } from './digests-desk.ts';
import { loadDigestMaterial } from './digests-material.ts';
import type { Row, Schema } from './schema.ts';
import type { Sealer } from './sealer.ts';

type ClaimRequest = Parameters<ChannelQueue['claimLetters']>[0];
type Claimed = {
  id: number;
  digest_id: number;
  channel: string;
  attempts: number;
  message_id: string | null;
};

/** Deliveries by channels other than mail; states, leases and attempts as with mail. */
export function createChannelQueue(database: Database, sealer: Sealer): ChannelQueue & ChannelDesk {
  const { db } = database;
  const { keepMessage, voidDelivery } = createDigestDesk(database);

  /** Those of the claimed that may go, each with its channel; the others are ended. `isAttempt`: this claim counts as one. */
  const sift = async (
    tx: Kysely<Schema>,
    claimed: readonly Claimed[],
    { now, isAttempt }: { readonly now: ClaimRequest['now']; readonly isAttempt: boolean },
  ) => {
    const going: (Claimed & Facts & { readonly ready: Channel })[] = [];
    for (const row of await loadFacts(tx, claimed)) {
      const refusal = findRefusal(row);
      if (refusal === null) going.push({ ...row, ready: await readChannel(toChannelRow(row), sealer) });
      else await endRefused(database, tx, { row, begun: row.attempts - (isAttempt ? 1 : 0), refusal, now });
    }
    return going.sort((a, b) => a.id - b.id);
  };

  return {
    keepMessage,
    voidDelivery,
    endAttempts: createDeliveryQueue(database).endAttempts,

    async claimUnwritten(request) {
      const { now, leaseMs, leaseToken } = request;
      const claimed = await db.transaction().execute(async (tx) => {
        const { rows } = await sql<Claimed>`
          update deliveries set lease_token = ${leaseToken}, lease_until = ${now + leaseMs}
          where id in (${selectDue(
            database,
            request,
            sql`message_id is null
            and (lease_until is null or lease_until <= ${now})`,
          )})
          returning id, digest_id, channel, attempts, message_id`.execute(tx);
        return sift(tx, rows, { now, isAttempt: false });
      });
      const digests: UnwrittenChannelDigest[] = [];
      for (const { id, digest_id, ready } of claimed) {
        const material = await loadDigestMaterial(db, asId(digest_id));
        if (material) digests.push({ deliveryId: asId(id), leaseToken, material, channel: ready });
      }
      return digests;
    },

    claimLetters: (request) =>
      db.transaction().execute(async (tx) => {
        const { now, leaseMs, leaseToken } = request;
        const { rows } = await sql<Claimed>`
          update deliveries set state = 'sending', attempts = attempts + 1, lease_token = ${leaseToken},
            lease_until = ${now + leaseMs}, next_attempt_at = ${now + leaseMs}
          where id in (${selectDue(database, request, sql`message_id is not null`)})
          returning id, digest_id, channel, attempts, message_id`.execute(tx);
        const letters: ChannelLetter[] = [];
        for (const row of await sift(tx, rows, { now, isAttempt: true })) {
          if (row.content === null || row.message_id === null) continue; // refused above
          await tx
            .insertInto('delivery_attempts')
            .values({ delivery_id: row.id, number: row.attempts, started_at: now })
            .execute();
          letters.push({
            id: row.id,
            address: row.address ?? '',
            messageId: row.message_id,
            message: unpackMessage(row.content),
            attempt: row.attempts,
            queuedAt: asId(row.planned_at),
            leaseToken,
            leaseUntil: asId(now + leaseMs),
            channel: row.ready,
          });
        }
        return letters;
      }),
  };
}

function selectDue({ kind }: Database, { now, limit }: ClaimRequest, also: ReturnType<typeof sql>) {
  return sql`select id from deliveries
    where state in ('queued', 'sending', 'deferred') and next_attempt_at <= ${now} and channel <> 'mail' and ${also}
    order by next_attempt_at, id limit ${limit} ${sql.raw(kind === 'postgres' ? 'for update skip locked' : '')}`;
}

type Facts = {
  planned_at: number;
  content: Uint8Array | null;
  address: string | null;
  confirmed_at: number | null;
  account_paused: number;
  channel_id: number | null;
  channel_account: number | null;
  channel_kind: string | null;
  name: string | null;
  target: string | null;
  channel_state: string | null;
  tested_at: number | null;
  channel_created: number | null;
};

async function loadFacts(tx: Kysely<Schema>, claimed: readonly Claimed[]): Promise<(Claimed & Facts)[]> {
  if (claimed.length === 0) return [];
  const facts = await tx
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .leftJoin('delivery_messages', 'delivery_messages.delivery_id', 'deliveries.id')
    .leftJoin('channels', (join) =>
      join
        .onRef('channels.account_id', '=', 'deliveries.account_id')
        .on(sql<boolean>`deliveries.channel = channels.kind || ':' || channels.id`),
    )
    .select(['deliveries.id', 'deliveries.address', 'digests.planned_at', 'delivery_messages.content'])
    .select(['accounts.confirmed_at', 'accounts.paused as account_paused', 'channels.id as channel_id'])
    .select(['channels.account_id as channel_account', 'channels.kind as channel_kind', 'channels.name'])
    .select(['channels.target', 'channels.state as channel_state', 'channels.tested_at'])
    .select('channels.created_at as channel_created')
    .where(
      'deliveries.id',
      'in',
      claimed.map((row) => row.id),
    )
    .execute();
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return claimed.flatMap((row) => {
    const fact = byId.get(row.id);
    return fact ? [{ ...fact, ...row }] : [];
  });
}

function findRefusal(row: Claimed & Facts): Refusal | null {
  if (row.confirmed_at === null) return { scope: 'account', problem: 'The address is not confirmed.' };
  if (row.account_paused === 1) return { scope: 'account', problem: 'The account is paused.' };
  if (row.channel_id === null) return { scope: 'channel', problem: 'The channel was removed.' };
  if (row.channel_state !== 'active')
    return { scope: 'channel', problem: `The channel is ${row.channel_state}.` };
  if (row.message_id !== null && row.content === null) {
    return { scope: 'channel', problem: 'Its message is missing.' };
  }
  return null;
}

/** The columns of the channel, which is there: `findRefusal` saw it. */
function toChannelRow(row: Facts): Row<'channels'> {
  return {
    id: row.channel_id ?? 0,
    account_id: row.channel_account ?? 0,
    kind: row.channel_kind ?? '',
    name: row.name ?? '',
    target: row.target ?? '{}',
    state: row.channel_state ?? '',
    problem: null,
    tested_at: row.tested_at,
    created_at: row.channel_created ?? 0,
  };
}
