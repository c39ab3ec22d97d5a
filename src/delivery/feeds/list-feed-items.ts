import type { AlertHistory } from '../../alerts/alert-history.ts';
import { reaches, type Subscription, type Threshold } from '../../alerts/subscription.ts';
import type { Archive, BulkEdit, ChangeFilter, ChangeWithArticle } from '../../knowledge/archive.ts';
import { type AccountId, asId, type ChangeId, type Instant } from '../../knowledge/ids.ts';
import type { Search } from '../../search/search-answer.ts';

/** What becomes an entry. `recordedAt`: when the first of its changes was. */
export type FeedItem =
  | { readonly kind: 'change'; readonly change: ChangeWithArticle }
  | { readonly kind: 'bulk-edit'; readonly edit: BulkEdit; readonly recordedAt: Instant };

export type FeedSources = {
  readonly archive: Pick<Archive, 'listChanges' | 'listBulkEdits' | 'findBulkEdit'>;
  readonly history: Pick<AlertHistory, 'listMatches'>;
};

const maxItems = 40;
const maxBulkEdits = 20;
/** So many of the articles that a search finds are looked at, the last changed ones. */
const maxArticles = 200;
const personalDays = 90;

/** The newest changes that the filter takes and the bulk edits that touch what it takes, newest first. */
export async function listFiltered(
  archive: FeedSources['archive'],
  filter: Omit<ChangeFilter, 'limit'>,
  threshold: Threshold,
): Promise<FeedItem[]> {
  const reached = { ...filter, onlyAlerting: true, ...filterFor(threshold) };
  const changes = await archive.listChanges({ ...reached, withoutBulkEdits: true, limit: maxItems });
  const oldest = changes.length === maxItems ? changes.at(-1)?.occurredAt : undefined;
  const edits = await archive.listBulkEdits({
    limit: maxBulkEdits,
    ...(oldest !== undefined && { occurredFrom: oldest }),
  });
  const touched = await Promise.all(
    edits.map((edit) => archive.listChanges({ ...reached, bulkEditId: edit.id, limit: 1 })),
  );
  const bulk = edits.flatMap((edit, n): FeedItem[] => {
    const [change] = touched[n] ?? [];
    return change ? [{ kind: 'bulk-edit', edit, recordedAt: change.recordedAt }] : [];
  });
  return newestFirst([...changes.map((change) => ({ kind: 'change', change }) as const), ...bulk]);
}

/** The newest changes of the articles that the query finds, which are those that a saved search tells. */
export async function listFound(
  archive: FeedSources['archive'],
  search: Search,
  { query, threshold }: { readonly query: string; readonly threshold: Threshold },
): Promise<{ items: FeedItem[]; notUnderstood: readonly string[] }> {
  const { hits, notUnderstood } = search.search({ query, limit: maxArticles, sort: 'changed' });
  const changes = await listOfArticles(archive, hits, threshold);
  return { items: await foldBulkEdits(archive, changes), notUnderstood };
}

/** What all subscriptions of the account match, each change once. */
export async function listFollowed(
  { archive, history }: FeedSources,
  search: Search | null,
  of: {
    readonly accountId: AccountId;
    readonly subscriptions: readonly Subscription[];
    readonly now: Instant;
  },
): Promise<FeedItem[]> {
  const since = asId<Instant>(of.now - personalDays * 86_400_000);
  const matches = await history.listMatches({ accountId: of.accountId, since, limit: maxArticles });
  const changes = new Map<ChangeId, ChangeWithArticle>(matches.map((match) => [match.id, match]));
  for (const { followed, threshold } of of.subscriptions) {
    if (followed.kind !== 'search' || search === null) continue;
    const { hits } = search.search({ query: followed.query, limit: maxArticles, sort: 'changed' });
    for (const change of await listOfArticles(archive, hits, threshold)) changes.set(change.id, change);
  }
  const newest = [...changes.values()].sort((a, b) => b.id - a.id);
  return foldBulkEdits(
    archive,
    newest.filter((change) => change.alerts),
  );
}

async function listOfArticles(
  archive: FeedSources['archive'],
  hits: ReturnType<Search['search']>['hits'],
  threshold: Threshold,
): Promise<ChangeWithArticle[]> {
  const articleIds = hits.map((hit) => hit.articleId);
  const filter = { articleIds, onlyAlerting: true, limit: maxArticles, ...filterFor(threshold) };
  const changes = articleIds.length === 0 ? [] : await archive.listChanges(filter);
  return changes.filter((change) => reaches(threshold, change));
}

function filterFor(threshold: Threshold): Pick<ChangeFilter, 'kinds' | 'leastSignificance'> {
  return threshold === 'new' ? { kinds: ['created'] } : { leastSignificance: threshold };
}

/** Changes of one bulk edit are one item. */
async function foldBulkEdits(
  archive: FeedSources['archive'],
  changes: readonly ChangeWithArticle[],
): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  const seen = new Set<number>();
  for (const change of changes) {
    if (items.length === maxItems) break;
    const { bulkEditId } = change;
    if (bulkEditId !== null && seen.has(bulkEditId)) continue;
    const edit = bulkEditId === null ? null : await archive.findBulkEdit(bulkEditId);
    if (edit === null) {
      items.push({ kind: 'change', change });
    } else {
      seen.add(edit.id);
      items.push({ kind: 'bulk-edit', edit, recordedAt: change.recordedAt });
    }
  }
  return newestFirst(items);
}

function newestFirst(items: readonly FeedItem[]): FeedItem[] {
  const keyOf = (item: FeedItem) =>
    item.kind === 'change' ? item.change : { occurredAt: item.edit.occurredAt, id: item.edit.id };
  return [...items]
    .sort((a, b) => keyOf(b).occurredAt - keyOf(a).occurredAt || keyOf(b).id - keyOf(a).id)
    .slice(0, maxItems);
}
