import type { Kysely } from 'kysely';
import type { Followed } from '../alerts/subscription.ts';
import {
  type FollowOutcome,
  maxSubscriptionsPerAccount,
  type SubscriptionStore,
} from '../alerts/subscription-store.ts';
import type { AccountId } from '../knowledge/ids.ts';
import { findLastChangeId } from './change-log.ts';
import type { Database } from './database.ts';
import type { NewRow, Schema } from './schema.ts';
import { readSubscription, selectSubscriptions } from './subscriptions-read.ts';

/** The rows of subscriptions; see SubscriptionStore for what each function answers. */
export function createSubscriptionStore(database: Database): SubscriptionStore {
  const { db } = database;
  const change = <T>(accountId: AccountId, work: (tx: Kysely<Schema>) => Promise<T>) =>
    db.transaction().execute(async (tx) => {
      await lockAccount(database, tx, accountId);
      return work(tx);
    });

  return {
    follow: (request) => change(request.accountId, (tx) => follow(tx, request)),

    unfollow: (accountId, id) =>
      change(accountId, async (tx) => {
        const removed = await tx
          .deleteFrom('subscriptions')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return removed.numDeletedRows > 0n;
      }),

    unfollowAll: (accountId) =>
      change(accountId, async (tx) => {
        const removed = await tx
          .deleteFrom('subscriptions')
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        return Number(removed.numDeletedRows);
      }),

    setThreshold: (accountId, id, threshold) =>
      change(accountId, async (tx) => {
        const updated = await tx
          .updateTable('subscriptions')
          .set({ threshold })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return updated.numUpdatedRows > 0n;
      }),

    setFeedback: (accountId, id, isWanted) =>
      change(accountId, async (tx) => {
        const chosen = tx
          .updateTable('subscriptions')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .where('article_id', 'is not', null);
        if (!isWanted) {
          const ended = await chosen.set({ feedback_after_id: null }).executeTakeFirst();
          return ended.numUpdatedRows > 0n;
        }
        // Chosen twice, it tells what it told from the first time on.
        const after = await findLastAccepted(tx);
        const updated = await chosen
          .set((eb) => ({ feedback_after_id: eb.fn.coalesce('feedback_after_id', eb.val(after)) }))
          .executeTakeFirst();
        return updated.numUpdatedRows > 0n;
      }),

    async findSubscription(accountId, id) {
      const row = await selectSubscriptions(db)
        .where('subscriptions.account_id', '=', accountId)
        .where('subscriptions.id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : readSubscription(row);
    },

    async listSubscriptions(accountId) {
      const rows = await selectSubscriptions(db)
        .where('subscriptions.account_id', '=', accountId)
        .orderBy('subscriptions.id')
        .execute();
      return rows.map(readSubscription);
    },

    forgetUntold: (accountId) =>
      change(accountId, async (tx) => {
        const last = (await findLastChangeId(tx)) ?? 0;
        await tx.updateTable('accounts').set({ told_through: last }).where('id', '=', accountId).execute();
        await tx
          .updateTable('subscriptions')
          .set({ feedback_after_id: await findLastAccepted(tx) })
          .where('account_id', '=', accountId)
          .where('feedback_after_id', 'is not', null)
          .execute();
        await tx
          .deleteFrom('saved_search_matches')
          .where('subscription_id', 'in', (eb) =>
            eb.selectFrom('subscriptions').select('id').where('account_id', '=', accountId),
          )
          .execute();
      }),
  };
}

/** Planning and the subscriptions of an account wait for each other: a change is looked at with one set of them. */
async function lockAccount({ kind }: Database, tx: Kysely<Schema>, id: AccountId): Promise<void> {
  if (kind === 'sqlite') return; // the transaction has the database to itself
  await tx.selectFrom('accounts').select('id').where('id', '=', id).forUpdate().execute();
}

async function follow(
  tx: Kysely<Schema>,
  request: Parameters<SubscriptionStore['follow']>[0],
): Promise<FollowOutcome> {
  const { accountId, followed, threshold, now } = request;
  const row = writeFollowed(followed);
  const existing = await selectSubscriptions(tx)
    .where('subscriptions.account_id', '=', accountId)
    .where(`subscriptions.${followedColumn[followed.kind]}`, '=', Object.values(row)[0] ?? null)
    .executeTakeFirst();
  if (existing) return { kind: 'already-followed', subscription: readSubscription(existing) };
  if (!(await exists(tx, accountId, followed))) return { kind: 'not-found' };
  const { count } = await tx
    .selectFrom('subscriptions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  if (count >= maxSubscriptionsPerAccount) return { kind: 'too-many', limit: maxSubscriptionsPerAccount };

  const after_change_id = (await findLastChangeId(tx)) ?? 0;
  const { id } = await tx
    .insertInto('subscriptions')
    .values({
      ...row,
      account_id: accountId,
      kind: followed.kind,
      threshold,
      created_at: now,
      after_change_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('accounts')
    .set({ told_through: after_change_id })
    .where('id', '=', accountId)
    .where('told_through', 'is', null)
    .execute();
  const made = await selectSubscriptions(tx).where('subscriptions.id', '=', id).executeTakeFirstOrThrow();
  return { kind: 'followed', subscription: readSubscription(made) };
}

async function findLastAccepted(tx: Kysely<Schema>): Promise<number> {
  const row = await tx
    .selectFrom('accepted_feedback')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? 0;
}

const followedColumn = {
  technology: 'technology_id',
  article: 'article_id',
  source: 'source_id',
  search: 'query',
} as const;

function writeFollowed(followed: Followed): Partial<NewRow<'subscriptions'>> {
  switch (followed.kind) {
    case 'technology':
      return { technology_id: followed.technologyId };
    case 'article':
      return { article_id: followed.articleId };
    case 'source':
      return { source_id: followed.sourceId };
    case 'search':
      return { query: followed.query };
  }
}

async function exists(tx: Kysely<Schema>, accountId: AccountId, followed: Followed): Promise<boolean> {
  const account = await tx.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (account === undefined) return false;
  if (followed.kind === 'search') return true;
  const [table, id] =
    followed.kind === 'technology'
      ? (['technologies', followed.technologyId] as const)
      : followed.kind === 'article'
        ? (['articles', followed.articleId] as const)
        : (['sources', followed.sourceId] as const);
  const row = await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}
