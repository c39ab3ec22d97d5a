import type { Letter, LetterQueue } from '../alerts/letter-queue.ts';
import { type AccountId, asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { claimRows, endLetters } from './deliveries-states.ts';
import { bounceReasons } from './suppressions.ts';

/** Mail that is no digest, ready to be sent. */
export type NewNotice = {
  readonly accountId: AccountId | null;
  readonly address: string;
  readonly addressKey: string;
  readonly kind: string;
  readonly subject: string;
  readonly messageId: string;
  readonly message: Uint8Array;
  readonly createdAt: Instant;
};

export type NoticeStore = LetterQueue & {
  /**
   * `suppressed`: the address must not be mailed, and nothing was kept. Only the letter that asks for a new address goes
   * to one that bounced, since its link is the way to lift that.
   */
  insertNotice(notice: NewNotice): Promise<'queued' | 'suppressed'>;
};

export function createNoticeStore({ kind, db }: Database): NoticeStore {
  return {
    async insertNotice(notice) {
      const suppression = await db
        .selectFrom('suppressions')
        .select('reason')
        .where('address_key', '=', notice.addressKey)
        .executeTakeFirst();
      if (suppression && !mayGoOut(notice.kind, suppression.reason)) return 'suppressed';
      await db
        .insertInto('notices')
        .values({
          account_id: notice.accountId,
          address: notice.address,
          address_key: notice.addressKey,
          kind: notice.kind,
          subject: notice.subject,
          message_id: notice.messageId,
          message: notice.message,
          state: 'queued',
          attempts: 0,
          created_at: notice.createdAt,
          next_attempt_at: notice.createdAt,
        })
        .execute();
      return 'queued';
    },

    claimLetters: (request) =>
      db.transaction().execute(async (tx) => {
        const claimed = await claimRows(tx, { kind, table: 'notices', ...request });
        if (claimed.length === 0) return [];
        const facts = await tx
          .selectFrom('notices')
          .leftJoin('suppressions', 'suppressions.address_key', 'notices.address_key')
          .select([
            'notices.id',
            'notices.kind',
            'notices.message',
            'notices.created_at',
            'suppressions.reason',
          ])
          .where(
            'notices.id',
            'in',
            claimed.map((row) => row.id),
          )
          .execute();
        const byId = new Map(facts.map((fact) => [fact.id, fact]));
        const letters: Letter[] = [];
        for (const row of claimed) {
          const fact = byId.get(row.id);
          if (fact === undefined) continue;
          if (fact.reason !== null && !mayGoOut(fact.kind, fact.reason)) {
            const problem = `The address is suppressed: ${fact.reason}.`;
            await tx
              .updateTable('notices')
              .set({ state: 'failed', ended_at: request.now, problem, lease_token: null, lease_until: null })
              .where('id', '=', row.id)
              .execute();
            continue;
          }
          letters.push({
            id: row.id,
            address: row.address,
            messageId: row.message_id,
            message: fact.message,
            attempt: row.attempts,
            queuedAt: asId(fact.created_at),
            leaseToken: request.leaseToken,
            leaseUntil: asId(request.now + request.leaseMs),
          });
        }
        return letters;
      }),

    endAttempts: async (ends) => ({ late: await endLetters(db, { kind, table: 'notices', ends }) }),
  };
}

function mayGoOut(kind: string, reason: string): boolean {
  return kind === 'confirm-new-address' && bounceReasons.some((one) => one === reason);
}
