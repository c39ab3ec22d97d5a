import { reaches, type Subscription } from '../alerts/subscription.ts';
import type { ChangeWithArticle } from '../knowledge/archive.ts';
import type { AccountId, ChangeId, Instant, SubscriptionId } from '../knowledge/ids.ts';
import type { SitePorts } from './site-ports.ts';

type Ports = Pick<SitePorts, 'archive' | 'history' | 'findSearch'>;

const maxChanges = 500;
const maxHits = 300;

/** What the subscriptions matched since then, each change once, newest first, and how often each of them hit. */
export async function previewAlerts(
  ports: Ports,
  request: { accountId: AccountId; subscriptions: readonly Subscription[]; since: Instant },
): Promise<{ changes: ChangeWithArticle[]; hits: ReadonlyMap<SubscriptionId, number> }> {
  const { accountId, since, subscriptions } = request;
  const [matches, counts] = await Promise.all([
    ports.history.listMatches({ accountId, since, limit: maxChanges }),
    ports.history.countMatches(accountId, since),
  ]);
  const changes = new Map<ChangeId, ChangeWithArticle>(matches.map((match) => [match.id, match]));
  const hits = new Map(counts);
  for (const subscription of subscriptions) {
    if (subscription.followed.kind !== 'search') continue;
    const found = await previewSearch(ports, subscription.followed.query, since);
    const reached = found.filter((change) => reaches(subscription.threshold, change));
    hits.set(subscription.id, reached.length);
    for (const change of reached) changes.set(change.id, change);
  }
  return { changes: [...changes.values()].sort((a, b) => b.id - a.id), hits };
}

/** The changes since then of articles that the query finds, newest first. */
async function previewSearch(
  ports: Pick<SitePorts, 'archive' | 'findSearch'>,
  query: string,
  since: Instant,
): Promise<ChangeWithArticle[]> {
  const answer = ports.findSearch()?.search({ query, limit: maxHits, sort: 'changed' });
  const ids = (answer?.hits ?? []).map((hit) => hit.articleId);
  const articles = await ports.archive.listArticles(ids);
  const recent = articles.filter((article) => article.changedAt >= since);
  const changes = await Promise.all(
    recent.map((article) =>
      ports.archive.listChanges({
        articleId: article.id,
        occurredFrom: since,
        onlyAlerting: true,
        limit: 50,
      }),
    ),
  );
  return changes.flat().sort((a, b) => b.id - a.id);
}
