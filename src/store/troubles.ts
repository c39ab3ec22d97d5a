import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { insertRows } from './insert-rows.ts';

/** Something that an administrator has to mend. `name` is the same as long as it lasts, such as `scan-failing windows`. */
export type Trouble = { readonly name: string; readonly sentence: string };

export type TroubleBook = {
  /** What is wrong now; what was written down before and is not among it has ended. */
  recordTroubles(now: Instant, troubles: readonly Trouble[]): Promise<void>;
  /**
   * What to mail an administrator: null unless there is something that they were not told, and no mail went to them
   * within a day. Whoever gets it has taken the administrator's mail of the day; `markTold` follows once it is queued.
   */
  claimMail(
    accountId: AccountId,
    now: Instant,
  ): Promise<{ readonly fresh: readonly Trouble[]; readonly known: readonly Trouble[] } | null>;
  markTold(accountId: AccountId, troubles: readonly Trouble[]): Promise<void>;
};

const dayMs = 86_400_000;

export function createTroubleBook({ db }: Pick<Database, 'db'>): TroubleBook {
  return {
    recordTroubles: (now, troubles) =>
      db.transaction().execute(async (tx) => {
        const names = troubles.map(({ name }) => name);
        const ended = tx.deleteFrom('troubles');
        await (names.length === 0 ? ended : ended.where('name', 'not in', names)).execute();
        for (const { name, sentence } of troubles) {
          await tx
            .insertInto('troubles')
            .values({ name, sentence, since: now })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ sentence }))
            .execute();
        }
      }),

    claimMail: (accountId, now) =>
      db.transaction().execute(async (tx) => {
        const all = await tx
          .selectFrom('troubles')
          .leftJoin('told_troubles', (join) =>
            join.onRef('trouble', '=', 'name').on('account_id', '=', accountId),
          )
          .select(['name', 'sentence', 'account_id'])
          .orderBy('since')
          .orderBy('name')
          .execute();
        const fresh = all.filter((row) => row.account_id === null);
        if (fresh.length === 0) return null;
        const taken = await tx
          .insertInto('trouble_mails')
          .values({ account_id: accountId, mailed_at: now })
          .onConflict((conflict) =>
            conflict
              .column('account_id')
              .doUpdateSet({ mailed_at: now })
              // One that lies far ahead was written before the clock was set back.
              .where((eb) =>
                eb.or([
                  eb('trouble_mails.mailed_at', '<=', now - dayMs),
                  eb('trouble_mails.mailed_at', '>', now + dayMs),
                ]),
              ),
          )
          .returning('account_id')
          .executeTakeFirst();
        if (!taken) return null;
        const toTrouble = ({ name, sentence }: Trouble) => ({ name, sentence });
        return {
          fresh: fresh.map(toTrouble),
          known: all.filter((row) => row.account_id !== null).map(toTrouble),
        };
      }),

    async markTold(accountId, troubles) {
      await db.transaction().execute(async (tx) => {
        const names = troubles.map(({ name }) => name);
        // What ended in between needs no mark.
        const lasting = await tx.selectFrom('troubles').select('name').where('name', 'in', names).execute();
        const rows = lasting.map(({ name }) => ({ account_id: accountId, trouble: name }));
        await insertRows(tx, 'told_troubles', rows, { ignoring: 'those that are there' });
      });
    },
  };
}
