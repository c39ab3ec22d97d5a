import { resolveUrl } from '../markup/resolve-url.ts';
import type { XmlElement } from '../markup/xml-tree.ts';
import type { FeedLink } from './feed.ts';
import { plainText } from './read-feed-text.ts';
import { enter, readAttribute, type Surroundings } from './surroundings.ts';

const pageTypes = /^(text\/html|application\/xhtml\+xml|application\/xml)?$/;

/** An Atom or RSS link, or an enclosure; null when it leads nowhere. */
export function readFeedLink(element: XmlElement, outer: Surroundings): FeedLink | null {
  const { base } = enter(element, outer);
  const isEnclosure = element.local === 'enclosure';
  const written = readAttribute(element, 'href') ?? readAttribute(element, 'url') ?? plainText(element);
  const href = resolveUrl(written, base);
  if (href === '') return null;
  const rel = isEnclosure ? 'enclosure' : (readAttribute(element, 'rel') ?? 'alternate');
  const usualType = rel === 'self' ? 'application/atom+xml' : 'text/html';
  return {
    rel,
    type: readAttribute(element, 'type') ?? (isEnclosure ? null : usualType),
    href,
    title: readAttribute(element, 'title'),
    length: readAttribute(element, 'length'),
    hreflang: readAttribute(element, 'hreflang'),
  };
}

/** The address of the page itself. */
export function chooseLink(links: readonly FeedLink[]): string | null {
  const pages = links.filter((link) => link.rel === 'alternate');
  const chosen = pages.find((link) => pageTypes.test(link.type ?? '')) ?? pages[0];
  return chosen?.href ?? null;
}
