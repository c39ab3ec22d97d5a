import { generateJsonFeed } from 'feedsmith';
import type { Feed } from './feed.ts';

/** The feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function writeJsonFeed(feed: Feed): string {
  const document = generateJsonFeed({
    title: feed.title,
    description: feed.subtitle,
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    language: 'en',
    authors: [{ name: 'kbalertz' }],
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      content_html: entry.html,
      date_published: new Date(entry.publishedAt),
      date_modified: new Date(entry.updatedAt),
      tags: [...entry.tags],
    })),
  });
  // The generator is typed `unknown`; it leaves an empty list out, which the format does not allow.
  return `${JSON.stringify({ items: [], ...(document as object) }, null, 1)}\n`;
}
