import type { DigestLibrary } from '../../alerts/compose-digest.ts';
import type { FeedRequest, WrittenFeed } from '../../alerts/feed-request.ts';
import type { PersonalFeeds } from '../../alerts/personal-feeds.ts';
import type { Subscription, Threshold } from '../../alerts/subscription.ts';
import type { SubscriptionStore } from '../../alerts/subscription-store.ts';
import type { Archive } from '../../knowledge/archive.ts';
import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import type { Search } from '../../search/search-answer.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten, toLine } from '../messages/plain-text.ts';
import { describeBulkEdit, describeChange } from './describe-change.ts';
import type { Feed } from './feed.ts';
import { type FeedItem, type FeedSources, listFiltered, listFollowed, listFound } from './list-feed-items.ts';
import { writeAtom } from './write-atom.ts';
import { writeJsonFeed } from './write-json-feed.ts';

export type FeedWriter = { writeFeed(request: FeedRequest): Promise<WrittenFeed> };

/** What a topic comes to; `id` is the part of the feed's that names it. */
type Content = {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly items: readonly FeedItem[];
};
type Found = { readonly kind: 'found'; readonly content: Content } | Exclude<WrittenFeed, { kind: 'feed' }>;

/** Writes feeds of what changed, in the words of the digests. */
export function createFeedWriter(parts: {
  readonly archive: FeedSources['archive'] & Pick<Archive, 'listTechnologies' | 'findSource' | 'listSources'>;
  readonly history: FeedSources['history'];
  readonly subscriptions: Pick<SubscriptionStore, 'listSubscriptions'>;
  readonly personalFeeds: Pick<PersonalFeeds, 'findOwner'>;
  readonly library: Pick<DigestLibrary, 'loadDocument'>;
  readonly findSearch: () => Search | null;
  readonly links: MessageLinks;
  readonly clock: Clock;
}): FeedWriter {
  const { archive, links } = parts;
  const site = new URL(links.home()).host;
  const authority = new URL(links.home()).hostname;

  const find = async ({ topic, least }: FeedRequest): Promise<Found> => {
    const subtitle = `${levelNames[least]}, as ${site} noticed it`;
    switch (topic.kind) {
      case 'changes': {
        const items = await listFiltered(archive, {}, least);
        return found({ id: `changes/${least}`, title: `Changes · ${site}`, subtitle, items });
      }
      case 'technology': {
        const technology = (await archive.listTechnologies()).find(({ slug }) => slug === topic.slug);
        if (technology === undefined) return { kind: 'not-found' };
        const items = await listFiltered(archive, { technologyId: technology.id }, least);
        const id = `technology/${encodeURIComponent(technology.slug)}/${least}`;
        return found({ id, title: `${toLine(technology.name)} · ${site}`, subtitle, items });
      }
      case 'source': {
        const source = await archive.findSource(topic.name);
        if (source === null) return { kind: 'not-found' };
        const items = await listFiltered(archive, { sourceId: source.id }, least);
        const id = `source/${encodeURIComponent(source.name)}/${least}`;
        return found({ id, title: `${toLine(source.title)} · ${site}`, subtitle, items });
      }
      case 'search':
        return findSearched(topic.query, least, subtitle);
      case 'personal':
        return findPersonal(topic);
    }
  };

  const findSearched = async (query: string, threshold: Threshold, subtitle: string): Promise<Found> => {
    const search = parts.findSearch();
    if (search === null) return { kind: 'not-ready' };
    const { items, notUnderstood } = await listFound(archive, search, { query, threshold });
    // As the search page says it: a query is never wrong, some of it may only have been read as words.
    const hints = query === '' ? ['Nothing was searched for: the address has no words after "q=".'] : [];
    return found({
      id: `search/${encodeURIComponent(query.toWellFormed())}/${threshold}`,
      title: `“${shorten(toLine(query), 80)}” · ${site}`,
      subtitle: [...hints, ...notUnderstood.map(toLine), subtitle].join(' '),
      items,
    });
  };

  const findPersonal = async (topic: {
    readonly secret: string;
    readonly subscriptionId: Subscription['id'] | null;
  }): Promise<Found> => {
    const accountId = await parts.personalFeeds.findOwner(topic.secret);
    if (accountId === null) return { kind: 'not-found' };
    const subscriptions = await parts.subscriptions.listSubscriptions(accountId);
    if (topic.subscriptionId === null) {
      const search = parts.findSearch();
      if (search === null && subscriptions.some(({ followed }) => followed.kind === 'search')) {
        return { kind: 'not-ready' };
      }
      const of = { accountId, subscriptions, now: parts.clock.now() };
      return found({
        id: `account/${accountId}`,
        title: `All that you follow · ${site}`,
        subtitle: 'Everything that your subscriptions match',
        items: await listFollowed(parts, search, of),
      });
    }
    const subscription = subscriptions.find(({ id }) => id === topic.subscriptionId);
    return subscription === undefined ? { kind: 'not-found' } : findSubscribed(subscription);
  };

  const findSubscribed = async ({ id, followed, title, threshold }: Subscription): Promise<Found> => {
    const subtitle = 'What your subscription matches';
    const name = { id: `subscription/${id}`, title: `${shorten(toLine(title), 80)} · ${site}` };
    if (followed.kind === 'search') {
      const searched = await findSearched(followed.query, threshold, subtitle);
      return searched.kind === 'found' ? found({ ...searched.content, ...name }) : searched;
    }
    const filter =
      followed.kind === 'technology'
        ? { technologyId: followed.technologyId }
        : followed.kind === 'source'
          ? { sourceId: followed.sourceId }
          : { articleId: followed.articleId };
    return found({ ...name, subtitle, items: await listFiltered(archive, filter, threshold) });
  };

  const describe = async (item: FeedItem) => {
    if (item.kind === 'bulk-edit') return describeBulkEdit(item.edit, item.recordedAt, { authority, links });
    const { articleId, toRevision } = item.change;
    const document = await parts.library.loadDocument(articleId, toRevision);
    return describeChange(item.change, document, { authority, links });
  };

  return {
    async writeFeed(request) {
      const answer = await find(request);
      if (answer.kind !== 'found') return answer;
      const { id, title, subtitle, items } = answer.content;
      const entries = await Promise.all(items.map(describe));
      const beginning = Math.min(...(await archive.listSources()).map(({ createdAt }) => createdAt));
      const updatedAt = Math.max(...entries.map((entry) => entry.updatedAt));
      const feed: Feed = {
        id: `tag:${authority},2026:feed/${id}`,
        title,
        subtitle,
        selfUrl: request.selfUrl,
        pageUrl: request.pageUrl,
        // An empty feed is as old as what it looks at.
        updatedAt: asId<Instant>(entries.length > 0 ? updatedAt : Number.isFinite(beginning) ? beginning : 0),
        entries,
      };
      return request.format === 'atom'
        ? { kind: 'feed', contentType: atomType, text: writeAtom(feed), updatedAt: feed.updatedAt }
        : { kind: 'feed', contentType: jsonType, text: writeJsonFeed(feed), updatedAt: feed.updatedAt };
    },
  };
}

const atomType = 'application/atom+xml; charset=utf-8';
const jsonType = 'application/feed+json; charset=utf-8';

const levelNames = {
  material: 'What is new or says something different',
  minor: 'What readers can see',
  invisible: 'Every edit',
} as const;

function found(content: Content): Found {
  return { kind: 'found', content };
}
