import { generateAtomFeed } from 'feedsmith';
import type { Feed } from './feed.ts';

/** The feed in Atom (RFC 4287). */
export function writeAtom(feed: Feed): string {
  return generateAtomFeed({
    id: feed.id,
    title: { value: feed.title },
    subtitle: { value: feed.subtitle },
    updated: new Date(feed.updatedAt),
    authors: [{ name: 'kbalertz' }],
    links: [
      { href: feed.selfUrl, rel: 'self', type: 'application/atom+xml' },
      { href: feed.pageUrl, rel: 'alternate', type: 'text/html' },
    ],
    entries: feed.entries.map((entry) => ({
      id: entry.id,
      title: { value: entry.title },
      links: [{ href: entry.url, rel: 'alternate', type: 'text/html' }],
      published: new Date(entry.publishedAt),
      updated: new Date(entry.updatedAt),
      categories: entry.tags.map((term) => ({ term })),
      content: { value: entry.html, type: 'html' },
    })),
  });
}
