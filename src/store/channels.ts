import { type ChannelStore, maxChannelsPerAccount } from '../alerts/channel.ts';
import { readChannel } from './channels-read.ts';
import type { Database } from './database.ts';
import { channelOwner } from './seal-existing.ts';
import type { Sealer } from './sealer.ts';

/** The rows of channels; see ChannelStore for what each function answers. */
export function createChannelStore({ db }: Pick<Database, 'db'>, sealer: Sealer): ChannelStore {
  const select = db.selectFrom('channels').selectAll().where('kind', '<>', 'mail');
  return {
    async addChannel({ accountId, name, target, now }) {
      const sealed = await sealer.seal(JSON.stringify(target), channelOwner(accountId));
      return db.transaction().execute(async (tx) => {
        // Counted behind the account's own row, so that two at once are not one too many.
        await tx.updateTable('accounts').set({ id: accountId }).where('id', '=', accountId).execute();
        const { count } = await tx
          .selectFrom('channels')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('account_id', '=', accountId)
          .where('kind', '<>', 'mail')
          .executeTakeFirstOrThrow();
        if (count >= maxChannelsPerAccount) return { kind: 'too-many', limit: maxChannelsPerAccount };
        const row = await tx
          .insertInto('channels')
          .values({
            account_id: accountId,
            kind: target.kind,
            name,
            target: sealed,
            state: 'untested',
            created_at: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return { kind: 'added', channel: await readChannel(row, sealer) };
      });
    },

    async listChannels(accountId) {
      const rows = await select.where('account_id', '=', accountId).orderBy('id').execute();
      return Promise.all(rows.map((row) => readChannel(row, sealer)));
    },

    async findChannel(accountId, id) {
      const row = await select.where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
      return row ? readChannel(row, sealer) : null;
    },

    async removeChannel(accountId, id) {
      const removed = await db
        .deleteFrom('channels')
        .where('kind', '<>', 'mail')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },

    async activateChannel(id, now) {
      await db
        .updateTable('channels')
        .set({ state: 'active', problem: null, tested_at: now })
        .where('kind', '<>', 'mail')
        .where('id', '=', id)
        .execute();
    },

    async stopChannel(id, state, problem) {
      const { numUpdatedRows } = await db
        .updateTable('channels')
        .set({ state, problem })
        .where('id', '=', id)
        .where('state', '=', 'active')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async takesMail(accountId) {
      const row = await db
        .selectFrom('channels')
        .select('id')
        .where('account_id', '=', accountId)
        .where('kind', '=', 'mail')
        .executeTakeFirst();
      return row === undefined;
    },

    async chooseMail(accountId, takesMail, now) {
      if (takesMail) {
        await db
          .deleteFrom('channels')
          .where('account_id', '=', accountId)
          .where('kind', '=', 'mail')
          .execute();
        return;
      }
      await db
        .insertInto('channels')
        .values({
          account_id: accountId,
          kind: 'mail',
          name: 'Mail',
          target: '{}',
          state: 'off',
          created_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}
