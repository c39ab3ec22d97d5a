import { html } from 'hono/html';
import type { Markup } from './markup.ts';

/** A feed that belongs to a page: its path without format, such as `/feeds/search` with `?q=0x80070005` behind it. */
export type PageFeed = { readonly title: string; readonly path: string; readonly query?: string };

const formats = [
  { name: 'atom', label: 'Atom', type: 'application/atom+xml' },
  { name: 'json', label: 'JSON', type: 'application/feed+json' },
] as const;

function addressOf({ path, query = '' }: Pick<PageFeed, 'path' | 'query'>, format: string): string {
  return `${path}.${format}${query}`;
}

/** For the head of a page: feed readers find the feed from the page's address. */
export function feedDiscovery(feed: PageFeed): Markup {
  return html`${formats.map(({ name, type }) => html`<link rel="alternate" type="${type}" title="${feed.title}" href="${addressOf(feed, name)}">`)}`;
}

/** "Feed: Atom, JSON" */
export function feedLinks(feed: PageFeed, label = 'Feed'): Markup {
  const [atom, json] = formats;
  return html`${label}: <a href="${addressOf(feed, atom.name)}" title="${feed.title}">${atom.label}</a>, <a href="${addressOf(feed, json.name)}" title="${feed.title}">${json.label}</a>`;
}
