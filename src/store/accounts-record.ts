import type { Kysely } from 'kysely';
import type { AccountId } from '../knowledge/ids.ts';
import { loadFeedbackRecord } from './feedback-record.ts';
import type { Schema } from './schema.ts';

const isoInstant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Everything that is kept about an account, for its owner: no secrets, no hashes; instants in ISO 8601. */
export async function loadAccountRecord(
  db: Kysely<Schema>,
  id: AccountId,
): Promise<Record<string, unknown> | null> {
  const account = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  if (account === undefined) return null;
  return {
    account: {
      address: account.address,
      confirmedAt: isoInstant(account.confirmed_at),
      role: account.role,
      hasPassword: account.password_hash !== null,
      timeZone: account.time_zone,
      digestHour: account.digest_hour,
      paused: account.paused === 1,
      nextDigestAt: isoInstant(account.next_digest_at),
      createdAt: isoInstant(account.created_at),
    },
    sessions: await listSessions(db, id),
    passkeys: await listPasskeys(db, id),
    identities: await listIdentities(db, id),
    apiTokens: await listApiTokens(db, id),
    subscriptions: await listSubscriptions(db, id),
    channels: await listChannels(db, id),
    digests: await listDigests(db, id),
    feedback: await loadFeedbackRecord(db, id),
    letters: await listLetters(db, id),
    suppression: await findSuppression(db, account.address_key),
  };
}

async function listSessions(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', id)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    createdAt: isoInstant(row.created_at),
    seenAt: isoInstant(row.seen_at),
    expiresAt: isoInstant(row.expires_at),
    userAgent: row.user_agent,
  }));
}

async function listPasskeys(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('passkeys')
    .select(['name', 'created_at', 'used_at'])
    .where('account_id', '=', id)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    createdAt: isoInstant(row.created_at),
    usedAt: isoInstant(row.used_at),
  }));
}

async function listIdentities(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('identities')
    .select(['issuer', 'subject', 'label', 'created_at', 'used_at'])
    .where('account_id', '=', id)
    .orderBy('created_at')
    .execute();
  return rows.map(({ created_at, used_at, ...row }) => ({
    ...row,
    createdAt: isoInstant(created_at),
    usedAt: isoInstant(used_at),
  }));
}

async function listApiTokens(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('api_tokens')
    .select(['name', 'scopes', 'created_at', 'expires_at', 'used_at', 'revoked_at'])
    .where('account_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    scopes: JSON.parse(row.scopes),
    createdAt: isoInstant(row.created_at),
    expiresAt: isoInstant(row.expires_at),
    usedAt: isoInstant(row.used_at),
    revokedAt: isoInstant(row.revoked_at),
  }));
}

async function listChannels(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('channels')
    .select(['kind', 'name', 'state', 'problem', 'tested_at', 'created_at'])
    .where('account_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ tested_at, created_at, ...row }) => ({
    ...row,
    testedAt: isoInstant(tested_at),
    createdAt: isoInstant(created_at),
  }));
}

async function listSubscriptions(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('subscriptions')
    .leftJoin('technologies', 'technologies.id', 'subscriptions.technology_id')
    .leftJoin('articles', 'articles.id', 'subscriptions.article_id')
    .leftJoin('sources', 'sources.id', 'subscriptions.source_id')
    .select(['subscriptions.id', 'subscriptions.kind', 'subscriptions.query', 'subscriptions.threshold'])
    .select([
      'subscriptions.created_at',
      'subscriptions.feedback_after_id',
      'technologies.name as technology',
    ])
    .select(['articles.title as article', 'sources.name as source'])
    .where('subscriptions.account_id', '=', id)
    .orderBy('subscriptions.id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    follows: row.technology ?? row.article ?? row.source ?? row.query,
    threshold: row.threshold,
    withFeedback: row.feedback_after_id !== null,
    createdAt: isoInstant(row.created_at),
  }));
}

async function listDigests(db: Kysely<Schema>, id: AccountId) {
  const digests = await db
    .selectFrom('digests')
    .selectAll()
    .where('account_id', '=', id)
    .orderBy('planned_at')
    .execute();
  const changes = await db
    .selectFrom('digest_changes')
    .innerJoin('changes', 'changes.id', 'digest_changes.change_id')
    .innerJoin('articles', 'articles.id', 'changes.article_id')
    .select([
      'digest_changes.digest_id',
      'changes.id',
      'changes.kind',
      'changes.significance',
      'articles.title',
    ])
    .where('digest_changes.account_id', '=', id)
    .orderBy('changes.id')
    .execute();
  const deliveries = await db
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select(['digest_id', 'channel', 'state', 'attempts', 'ended_at', 'problem'])
    .where('digests.account_id', '=', id)
    .orderBy('deliveries.id')
    .execute();
  const feedback = await db
    .selectFrom('digest_feedback')
    .innerJoin('feedback', 'feedback.id', 'digest_feedback.feedback_id')
    .innerJoin('articles', 'articles.id', 'feedback.article_id')
    .select(['digest_feedback.digest_id', 'feedback.id', 'articles.title'])
    .where('digest_feedback.account_id', '=', id)
    .orderBy('feedback.id')
    .execute();
  const feedbackByDigest = Map.groupBy(feedback, (one) => one.digest_id);
  const changesByDigest = Map.groupBy(changes, (change) => change.digest_id);
  const deliveriesByDigest = Map.groupBy(deliveries, (delivery) => delivery.digest_id);
  return digests.map((digest) => ({
    localDate: digest.local_date,
    timeZone: digest.time_zone,
    plannedAt: isoInstant(digest.planned_at),
    changes: (changesByDigest.get(digest.id) ?? []).map((change) => ({
      id: change.id,
      article: change.title,
      kind: change.kind,
      significance: change.significance,
    })),
    feedback: (feedbackByDigest.get(digest.id) ?? []).map((one) => ({ id: one.id, article: one.title })),
    deliveries: (deliveriesByDigest.get(digest.id) ?? []).map((delivery) => ({
      channel: delivery.channel,
      state: delivery.state,
      attempts: delivery.attempts,
      endedAt: isoInstant(delivery.ended_at),
      problem: delivery.problem,
    })),
  }));
}

async function listLetters(db: Kysely<Schema>, id: AccountId) {
  const rows = await db
    .selectFrom('notices')
    .select(['address', 'kind', 'state', 'created_at', 'ended_at'])
    .where('account_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    address: row.address,
    kind: row.kind,
    state: row.state,
    createdAt: isoInstant(row.created_at),
    endedAt: isoInstant(row.ended_at),
  }));
}

async function findSuppression(db: Kysely<Schema>, addressKey: string) {
  const row = await db
    .selectFrom('suppressions')
    .select(['reason', 'detail', 'created_at'])
    .where('address_key', '=', addressKey)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { reason: row.reason, detail: row.detail, createdAt: isoInstant(row.created_at) };
}
