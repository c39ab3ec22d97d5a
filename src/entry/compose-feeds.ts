import { createDigestLibrary } from '../delivery/digests/digest-library.ts';
import { createFeedWriter } from '../delivery/feeds/create-feed-writer.ts';
import { createMessageLinks } from '../delivery/messages/message-settings.ts';
import type { Search } from '../search/search-answer.ts';
import { createPersonalFeeds } from '../store/personal-feeds.ts';
import type { Feeds } from '../web/feed-ports.ts';
import type { Parts } from './compose.ts';
import { secrets } from './secrets.ts';

/** Outgoing feeds, as the site serves them. */
export function composeFeeds(
  parts: Pick<Parts, 'archive' | 'history' | 'subscriptions' | 'clock' | 'config' | 'database' | 'sealer'>,
  findSearch: () => Search | null,
): Feeds {
  const personalFeeds = createPersonalFeeds(parts.database, parts.sealer);
  const writer = createFeedWriter({
    ...parts,
    personalFeeds,
    findSearch,
    library: createDigestLibrary(parts.archive),
    links: createMessageLinks(parts.config.publicUrl),
  });
  return {
    writeFeed: writer.writeFeed,
    findSecret: personalFeeds.findSecret,
    revokeSecret: personalFeeds.revokeSecret,
    renewSecret: (accountId) => personalFeeds.keepSecret(accountId, secrets.newSecret(), parts.clock.now()),
  };
}
