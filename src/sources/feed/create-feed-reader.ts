import { z } from 'zod';
import type { ArticleDraft } from '../../knowledge/article.ts';
import type { Clock } from '../../knowledge/clock.ts';
import { SourceError, type SourceReader } from '../../knowledge/source.ts';
import type { VisitMemory } from '../http/fetch-memory.ts';
import type { FetchedPage } from '../http/fetched.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { toSourceError } from '../http/source-failure.ts';
import { openVisitRound } from '../http/visit-round.ts';
import { XmlLimitError } from '../markup/xml-tree.ts';
import { draftLinkedPage } from '../pages/draft-page.ts';
import { flagSetting, readSettings, technologiesSetting } from '../read-settings.ts';
import { draftEntry } from './draft-entry.ts';
import type { Feed } from './feed.ts';
import { readFeed } from './read-feed.ts';

export const feedSettingsSchema = z.object({
  /** Take the page that an entry links to for the article, not what the feed says of it. */
  linkedPages: flagSetting.default(false),
  /** CSS selector of the article within those pages; found by itself otherwise. */
  content: z.string().max(500).optional(),
  technologies: technologiesSetting,
});

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5';

/**
 * Reads feeds. An entry that leaves the feed is not retired, since feeds show the newest only; one that is edited in
 * place is a revision.
 */
export function createFeedReader(parts: {
  client: PoliteClient;
  memory: VisitMemory;
  clock: Clock;
}): SourceReader {
  const { client, memory, clock } = parts;
  return {
    async *readSnapshots({ source, cursor, asOf, signal }) {
      const settings = readSettings(feedSettingsSchema, 'feed', source.settings);
      const round = await openVisitRound({ source, cursor, asOf, memory, clock });
      const list = `feed ${source.url}`;
      const validators = cursor === null ? undefined : round.validatorsOf(list);
      const fetched = await client.fetch({
        url: source.url,
        accept,
        signal,
        ...(validators && { validators }),
      });
      if (fetched.kind === 'unchanged') return;
      if (fetched.kind !== 'page') throw toSourceError(fetched);

      const feed = requireFeed(fetched, source.url);
      const warnings: string[] = [];
      const facts = { placeTechnologies: settings.technologies };
      const readLinked = async (draft: ArticleDraft): Promise<void> => {
        if (draft.url === null || round.isDone(draft.key)) return;
        const page = await client.fetch({
          url: draft.url,
          validators: round.validatorsOf(draft.key),
          signal,
        });
        if (page.kind === 'unchanged') await round.recordUnchanged(draft.key);
        else if (page.kind === 'page') {
          const linked = draftLinkedPage(page, draft, { content: settings.content ?? null });
          await round.recordArticle(draft.key, linked, { validators: page.validators });
        } else {
          warnings.push(
            `${draft.url} was not read, the feed's own text was taken: ${'because' in page ? page.because : page.status}.`,
          );
          if (round.find(draft.key) === null) await round.recordArticle(draft.key, draft);
        }
      };
      for (const entry of feed.entries) {
        signal.throwIfAborted();
        const draft = draftEntry(entry, facts);
        if (draft === null) warnings.push('An entry without id, link and title was passed over.');
        else if (settings.linkedPages) await readLinked(draft);
        else await round.recordArticle(draft.key, draft);
      }
      await round.recordList(list, '', fetched.validators);
      const snapshot = await round.finish({ warnings, isComplete: false });
      if (snapshot !== null) yield snapshot;
    },
  };
}

function requireFeed(page: FetchedPage, url: string): Feed {
  try {
    const feed = readFeed({ body: page.body, url: page.url, headers: page.headers });
    if (feed !== null) return feed;
  } catch (error) {
    if (!(error instanceof XmlLimitError)) throw error;
    throw new SourceError('too-deep', `${url} could not be read as a feed: ${error.message}.`, {
      cause: error,
    });
  }
  throw new SourceError(
    'no-feed',
    `${url} is no feed. If it is a page, look there for the address of its RSS or Atom feed; "source test" finds it too.`,
  );
}
