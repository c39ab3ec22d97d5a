import { type Selectable, sql } from 'kysely';
import { type Account, type Role, roles } from '../accounts/account.ts';
import type { AccountSettings, AccountStore } from '../accounts/account-store.ts';
import { type AccountId, asId } from '../knowledge/ids.ts';
import { loadAccountRecord } from './accounts-record.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { leaveAllTeams } from './teams-leave.ts';

/** As in the trigger of migration 0046. */
const administratorsLock = 7_266_346;

/** The rows of accounts; see AccountStore for what each function answers. */
export function createAccountStore({ kind, db }: Pick<Database, 'kind' | 'db'>): AccountStore {
  const readOne = async (query: {
    executeTakeFirst(): Promise<Selectable<Schema['accounts']> | undefined>;
  }) => {
    const row = await query.executeTakeFirst();
    return row === undefined ? null : readAccount(row);
  };
  const select = db.selectFrom('accounts').selectAll();

  return {
    findAccount: (id) => readOne(select.where('id', '=', id)),
    findAccountByKey: (key) => readOne(select.where('address_key', '=', key).where('kind', '=', 'person')),
    findAccountByUnsubscribeSecret: (secret) => readOne(select.where('unsubscribe_secret', '=', secret)),

    insertAccount: (account) =>
      readOne(
        db
          .insertInto('accounts')
          .values({
            address: account.address,
            address_key: account.addressKey,
            confirmed_at: null,
            role: account.role,
            password_hash: null,
            time_zone: account.timeZone,
            digest_hour: account.digestHour,
            paused: 0,
            next_digest_at: null,
            unsubscribe_secret: account.unsubscribeSecret,
            created_at: account.createdAt,
          })
          .onConflict((conflict) => conflict.column('address_key').doNothing())
          .returningAll(),
      ),

    changeRole: (id, role) =>
      db.transaction().execute(async (tx) => {
        if (role !== 'administrator' && (await isLastAdministrator({ kind, db: tx }, id))) {
          return { kind: 'last-administrator' };
        }
        const own = tx.selectFrom('accounts').selectAll().where('id', '=', id);
        const before = await readOne(kind === 'postgres' ? own.forUpdate() : own);
        const account = await readOne(
          tx.updateTable('accounts').set({ role }).where('id', '=', id).returningAll(),
        );
        if (account === null || before === null) return { kind: 'gone' };
        return { kind: 'changed', account, before: before.role };
      }),

    updateAccount(id, settings) {
      const columns = writeSettings(settings);
      if (Object.keys(columns).length === 0) return readOne(select.where('id', '=', id));
      return readOne(db.updateTable('accounts').set(columns).where('id', '=', id).returningAll());
    },

    updateAddress: (id, { address, key, confirmedAt }) =>
      db.transaction().execute(async (tx) => {
        const holder = await tx
          .selectFrom('accounts')
          .select('id')
          .where('address_key', '=', key)
          .executeTakeFirst();
        if (holder !== undefined && holder.id !== id) return 'taken';
        const { numUpdatedRows } = await tx
          .updateTable('accounts')
          .set({ address, address_key: key, confirmed_at: confirmedAt })
          .where('id', '=', id)
          .executeTakeFirst();
        return numUpdatedRows > 0n ? 'updated' : 'gone';
      }),

    async loadPasswordHash(id) {
      const row = await db
        .selectFrom('accounts')
        .select('password_hash')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.password_hash ?? null;
    },

    async findLastDigest(id) {
      const row = await db
        .selectFrom('digests')
        .select(['planned_at', 'local_date'])
        .where('account_id', '=', id)
        .orderBy('planned_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : { plannedAt: asId(row.planned_at), localDate: row.local_date };
    },

    deleteAccount: (id) =>
      db.transaction().execute(async (tx) => {
        if (await isLastAdministrator({ kind, db: tx }, id)) return 'last-administrator';
        await leaveAllTeams(tx, id);
        const account = await tx
          .deleteFrom('accounts')
          .where('id', '=', id)
          .returning('address')
          .executeTakeFirst();
        if (account === undefined) return 'gone';
        await tx.deleteFrom('notices').where('address', '=', account.address).execute();
        return 'deleted';
      }),

    async listAccounts({ limit, after, containing }) {
      let query = select.where('kind', '=', 'person').orderBy('id').limit(limit);
      if (after !== null) query = query.where('id', '>', after);
      if (containing !== undefined && containing !== '') {
        const pattern = `%${containing.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
        query = query.where(sql<boolean>`address_key like ${pattern} escape '\\'`);
      }
      return (await query.execute()).map(readAccount);
    },

    async countAccounts() {
      const row = await db
        .selectFrom('accounts')
        .where('kind', '=', 'person')
        .select((eb) => [
          eb.fn.count<number>('id').as('all'),
          eb.fn.count<number>('confirmed_at').as('confirmed'),
          eb.fn.sum<number | null>('paused').as('paused'),
          eb.fn
            .sum<number | null>(eb.case().when('role', '=', 'administrator').then(1).else(0).end())
            .as('administrators'),
        ])
        .executeTakeFirstOrThrow();
      return {
        confirmed: row.confirmed,
        unconfirmed: row.all - row.confirmed,
        paused: row.paused ?? 0,
        administrators: row.administrators ?? 0,
      };
    },

    loadAccountRecord: (id) => loadAccountRecord(db, id),

    async deleteUnconfirmedAccounts(createdBefore) {
      const { numDeletedRows } = await db
        .deleteFrom('accounts')
        .where('confirmed_at', 'is', null)
        .where('role', '=', 'reader')
        .where('created_at', '<', createdBefore)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** Within a transaction, until whose end nobody else can take the role from somebody. The schema refuses it, too. */
async function isLastAdministrator(
  { kind, db }: Pick<Database, 'kind' | 'db'>,
  id: AccountId,
): Promise<boolean> {
  // SQLite has one writer anyway.
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${administratorsLock})`.execute(db);
  const rows = await db.selectFrom('accounts').select('id').where('role', '=', 'administrator').execute();
  return rows.length === 1 && rows[0]?.id === id;
}

function writeSettings(settings: AccountSettings) {
  return {
    ...(settings.confirmedAt !== undefined && { confirmed_at: settings.confirmedAt }),
    ...(settings.passwordHash !== undefined && { password_hash: settings.passwordHash }),
    ...(settings.timeZone !== undefined && { time_zone: settings.timeZone }),
    ...(settings.digestHour !== undefined && { digest_hour: settings.digestHour }),
    ...(settings.paused !== undefined && { paused: settings.paused ? 1 : 0 }),
    ...(settings.nextDigestAt !== undefined && { next_digest_at: settings.nextDigestAt }),
  };
}

/** Unknown roles of a row have no rights. */
function readRole(text: string): Role {
  return roles.find((role) => role === text) ?? 'reader';
}

function readAccount(row: Selectable<Schema['accounts']>): Account {
  return {
    id: asId(row.id),
    address: row.address,
    confirmedAt: row.confirmed_at === null ? null : asId(row.confirmed_at),
    role: readRole(row.role),
    kind: row.kind === 'team' ? 'team' : 'person',
    hasPassword: row.password_hash !== null,
    timeZone: row.time_zone,
    digestHour: row.digest_hour,
    paused: row.paused === 1,
    nextDigestAt: row.next_digest_at === null ? null : asId(row.next_digest_at),
    unsubscribeSecret: row.unsubscribe_secret,
    createdAt: asId(row.created_at),
  };
}
