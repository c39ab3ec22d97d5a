import type { Kysely } from 'kysely';
import { type Followed, type Subscription, type Threshold, thresholds } from '../alerts/subscription.ts';
import { asId } from '../knowledge/ids.ts';
import type { Row, Schema } from './schema.ts';

/** Subscriptions with the names of what they follow. */
export function selectSubscriptions(db: Kysely<Schema>) {
  return db
    .selectFrom('subscriptions')
    .leftJoin('technologies', 'technologies.id', 'subscriptions.technology_id')
    .leftJoin('articles', 'articles.id', 'subscriptions.article_id')
    .leftJoin('sources', 'sources.id', 'subscriptions.source_id')
    .selectAll('subscriptions')
    .select((eb) =>
      eb.fn
        .coalesce('technologies.name', 'articles.title', 'sources.title', 'subscriptions.query')
        .as('title'),
    );
}

export function readSubscription(row: Row<'subscriptions'> & { title: string | null }): Subscription {
  return {
    id: asId(row.id),
    accountId: asId(row.account_id),
    followed: readFollowed(row),
    title: row.title ?? '',
    threshold: readThreshold(row.threshold),
    withFeedback: row.feedback_after_id !== null,
    createdAt: asId(row.created_at),
  };
}

function readFollowed(row: Row<'subscriptions'>): Followed {
  if (row.technology_id !== null) return { kind: 'technology', technologyId: asId(row.technology_id) };
  if (row.article_id !== null) return { kind: 'article', articleId: asId(row.article_id) };
  if (row.source_id !== null) return { kind: 'source', sourceId: asId(row.source_id) };
  return { kind: 'search', query: row.query ?? '' };
}

function readThreshold(text: string): Threshold {
  return thresholds.find((threshold) => threshold === text) ?? 'material';
}
