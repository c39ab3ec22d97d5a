import type { Kysely } from 'kysely';
import type { DigestMaterial } from '../alerts/digest-material.ts';
import { type AccountId, asId, type DigestId } from '../knowledge/ids.ts';
import { addArticles, readBulkEdit } from './archive-changes.ts';
import { listToldFeedback } from './digests-feedback.ts';
import { inChunks } from './insert-rows.ts';
import type { Schema } from './schema.ts';
import { readSubscription, selectSubscriptions } from './subscriptions-read.ts';

/** Everything that is stored about the digest; null when there is none. Changes of a removed source are gone. */
export async function loadDigestMaterial(db: Kysely<Schema>, id: DigestId): Promise<DigestMaterial | null> {
  const digest = await db
    .selectFrom('digests')
    .innerJoin('accounts', 'accounts.id', 'digests.account_id')
    .select(['digests.account_id', 'digests.local_date', 'digests.time_zone', 'digests.planned_at'])
    .select(['digests.previous_planned_at', 'accounts.address', 'accounts.digest_hour'])
    .select('accounts.unsubscribe_secret')
    .where('digests.id', '=', id)
    .executeTakeFirst();
  if (digest === undefined) return null;
  const changes = await listToldChanges(db, asId(digest.account_id), id);
  return {
    id,
    localDate: digest.local_date,
    timeZone: digest.time_zone,
    plannedAt: asId(digest.planned_at),
    previousPlannedAt: digest.previous_planned_at === null ? null : asId(digest.previous_planned_at),
    account: {
      id: asId(digest.account_id),
      address: digest.address,
      digestHour: digest.digest_hour,
      unsubscribeSecret: digest.unsubscribe_secret,
    },
    changes,
    bulkEdits: await loadBulkEdits(db, changes),
    feedback: await listToldFeedback(db, id),
  };
}

async function listToldChanges(
  db: Kysely<Schema>,
  accountId: AccountId,
  id: DigestId,
): Promise<DigestMaterial['changes']> {
  const rows = await db
    .selectFrom('digest_changes')
    .innerJoin('changes', 'changes.id', 'digest_changes.change_id')
    .selectAll('changes')
    .select('digest_changes.subscription_id')
    .where('digest_changes.account_id', '=', accountId)
    .where('digest_changes.digest_id', '=', id)
    .orderBy('changes.id')
    .execute();
  const subscriptionIds = [...new Set(rows.map((row) => row.subscription_id))];
  const subscriptions = new Map<number, ReturnType<typeof readSubscription>>();
  for (const some of inChunks(subscriptionIds, 500)) {
    for (const row of await selectSubscriptions(db).where('subscriptions.id', 'in', some).execute()) {
      subscriptions.set(row.id, readSubscription(row));
    }
  }
  const subscriptionOf = new Map(rows.map((row) => [row.id, subscriptions.get(row.subscription_id) ?? null]));
  const changes = await addArticles(db, rows);
  return changes.map((change) => ({ ...change, subscription: subscriptionOf.get(change.id) ?? null }));
}

async function loadBulkEdits(
  db: Kysely<Schema>,
  changes: DigestMaterial['changes'],
): Promise<DigestMaterial['bulkEdits']> {
  const ids = [...new Set(changes.flatMap((change) => change.bulkEditId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('bulk_edits').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [asId(row.id), readBulkEdit(row)]));
}
