import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { DigestLedger } from '../../src/alerts/digest-ledger.ts';
import type { Letter, LetterQueue } from '../../src/alerts/letter-queue.ts';
import type { Database } from '../../src/store/database.ts';
import type { Policy } from './campaign-settings.ts';

/**
 * Plans as many programs do: reads what is new, moves the account's cursor, and only then, in another transaction,
 * writes down what it read.
 */
export async function misplan(
  { db }: Database,
  { accounts, now, decide }: Parameters<DigestLedger['claimDigests']>[0],
  mayDie: () => void,
): ReturnType<DigestLedger['claimDigests']> {
  let digests = 0;
  for (const id of accounts) {
    const account = await db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const last = await db
      .selectFrom('digests')
      .select(['planned_at', 'local_date'])
      .where('account_id', '=', id)
      .orderBy('planned_at', 'desc')
      .executeTakeFirst();
    const turn = decide({
      id,
      timeZone: account.time_zone,
      digestHour: account.digest_hour,
      nextDigestAt: account.next_digest_at as typeof now | null, // an instant as stored
      last: last ? { plannedAt: last.planned_at as typeof now, localDate: last.local_date } : null, // as above
      hasOpenDelivery: false,
      isUnreachable: false,
    });
    const { rows } = await sql<{ change_id: number; subscription_id: number }>`
      select f.change_id, min(s.id) as subscription_id from subscriptions s
      join alert_topics f on f.topic_kind = s.kind and f.topic_id = s.technology_id and f.threshold = s.threshold
      where s.account_id = ${id} and f.change_id > ${account.told_through ?? 0} and f.change_id > s.after_change_id
      group by f.change_id order by f.change_id`.execute(db);
    const considers = turn.kind === 'consider';
    await db
      .updateTable('accounts')
      .set({ next_digest_at: considers && rows.length > 0 ? turn.afterDigestAt : turn.nextAt })
      .$if(considers && rows.length > 0, (query) => query.set({ told_through: rows.at(-1)?.change_id ?? 0 }))
      .where('id', '=', id)
      .execute();
    mayDie();
    if (!considers || rows.length === 0) continue;
    await db.transaction().execute(async (tx) => {
      const digest = await tx
        .insertInto('digests')
        .values({
          account_id: id,
          local_date: turn.localDate,
          time_zone: account.time_zone,
          planned_at: now,
          previous_planned_at: last?.planned_at ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('digest_changes')
        .values(rows.map((row) => ({ ...row, digest_id: digest.id, account_id: id })))
        .execute();
      await tx
        .insertInto('deliveries')
        .values({
          digest_id: digest.id,
          account_id: id,
          channel: 'mail',
          state: 'queued',
          attempts: 0,
          next_attempt_at: now,
        })
        .execute();
    });
    digests += 1;
  }
  return { kind: 'claimed', accounts: accounts.length, digests, changes: 0 };
}

type Queue<L extends Letter> = Pick<LetterQueue, 'endAttempts'> & {
  claimLetters(request: Parameters<LetterQueue['claimLetters']>[0]): Promise<L[]>;
};

/**
 * Wrong ways to go on after a crash: to believe that what was under way arrived, to send it as a new message, or to
 * write it anew.
 */
export function misdeliver<L extends Letter>({ db }: Database, queue: Queue<L>, policy: Policy): Queue<L> {
  if (policy === 'never-resend') {
    return {
      ...queue,
      async claimLetters(request) {
        await db
          .updateTable('deliveries')
          .set({ state: 'accepted', ended_at: request.now })
          .where('state', '=', 'sending')
          .where('lease_until', '<=', request.now)
          .execute();
        return queue.claimLetters(request);
      },
    };
  }
  if (policy !== 'new-message-id' && policy !== 'new-bytes') return queue;
  return {
    ...queue,
    async claimLetters(request) {
      const letters = await queue.claimLetters(request);
      return letters.map((letter) => {
        if (letter.attempt === 1) return letter;
        if (policy === 'new-bytes') {
          return { ...letter, message: Buffer.concat([letter.message, Buffer.from(' ')]) };
        }
        const fresh = `<resend.${randomBytes(8).toString('hex')}@kb.example.org>`;
        const text = Buffer.from(letter.message).toString('latin1').replace(letter.messageId, fresh);
        return { ...letter, messageId: fresh, message: Buffer.from(text, 'latin1') };
      });
    },
  };
}
