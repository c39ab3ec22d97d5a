import { resolveUrl } from '../markup/resolve-url.ts';
import type { XmlElement } from '../markup/xml-tree.ts';
import type { Feed, FeedDialect, FeedEntry, FeedText } from './feed.ts';
import { createItemBuilder } from './item-builder.ts';
import { plainText, readFeedText } from './read-feed-text.ts';
import { enter, readAttribute, type Surroundings } from './surroundings.ts';
import { qualifiedName } from './vocabulary.ts';

/**
 * Reads a feed of any XML dialect from its tree: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF. null when there is no
 * feed in it. Only children of an item belong to it, so a title of its image is none of its own.
 */
export function readXmlFeed(tree: XmlElement, outer: Omit<Surroundings, 'dialect'>): Feed | null {
  const top = elementsOf(tree).find((element) => /^(rss|rdf|feed|channel)$/.test(element.local)) ?? tree;
  const container = top.local === 'channel' || top.local === 'feed' ? top : findChannel(top);
  if (container === null) return null;
  const dialect = dialectOf(top, container);
  const around = enter(top, { ...outer, dialect });
  const inside = container === top ? around : enter(container, around);

  const builder = createItemBuilder(container, inside);
  const texts: { summary: FeedText | null; info: FeedText | null } = { summary: null, info: null };
  for (const child of elementsOf(container)) {
    const name = qualifiedName(child);
    if (builder.read(name, child)) continue;
    if (
      /^(core:(description|subtitle|tagline|abstract|summary)|dc:description|itunes:(subtitle|summary))$/.test(
        name,
      )
    ) {
      texts.summary ??= readFeedText(child, inside, name === 'core:description' ? 'text/html' : 'text/plain');
    } else if (name === 'core:info') {
      texts.info ??= readFeedText(child, inside, 'text/plain');
    }
  }
  const item = builder.finish();
  return {
    ...item,
    summary: texts.summary,
    info: texts.info,
    language: item.language ?? inside.language,
    dialect,
    entries: findEntries(top).map(({ element, ancestors }) =>
      readEntry(
        element,
        ancestors.reduce((passed, ancestor) => enter(ancestor, passed), { ...outer, dialect }),
      ),
    ),
  };
}

function readEntry(element: XmlElement, outer: Surroundings): FeedEntry {
  const inside = enter(element, outer);
  const builder = createItemBuilder(element, inside);
  const contents: FeedText[] = [];
  let summary: FeedText | null = null;
  let moduleSummary: FeedText | null = null;
  let comments: string | null = null;

  const readChildren = (parent: XmlElement) => {
    for (const child of elementsOf(parent)) {
      const name = qualifiedName(child);
      if (name === 'media:group') readChildren(child);
      else if (!builder.read(name, child)) readOwn(name, child);
    }
  };
  const readOwn = (name: string, child: XmlElement) => {
    switch (name) {
      case 'core:description':
      case 'core:summary':
      case 'core:abstract':
      case 'dc:description': {
        const text = readFeedText(
          child,
          inside,
          inside.dialect.startsWith('atom') ? 'text/plain' : 'text/html',
        );
        // A second one says more than the first: the long form of what that summed up.
        if (summary === null) summary = text;
        else contents.push(text);
        break;
      }
      case 'itunes:summary':
      case 'itunes:subtitle':
      case 'media:description':
        moduleSummary ??= readFeedText(child, inside, 'text/plain');
        break;
      case 'core:content':
        contents.push(readFeedText(child, inside, 'text/plain'));
        break;
      case 'content:encoded':
      case 'core:fullitem':
      case 'core:prodlink':
        contents.push(readFeedText(child, inside, 'text/html'));
        break;
      case 'core:body':
      case 'xhtml:body':
      case 'xhtml:div':
        contents.push(readFeedText(child, inside, 'application/xhtml+xml'));
        break;
      case 'core:comments':
        comments = resolveUrl(plainText(child), inside.base) || null;
        break;
    }
  };
  readChildren(element);

  const item = builder.finish();
  return {
    ...item,
    summary: summary ?? moduleSummary,
    language: item.language ?? inside.language,
    contents,
    comments,
  };
}

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The feed's own element, however deep a broken document has put it; the top itself where it has none. */
function findChannel(top: XmlElement): XmlElement | null {
  const inner = elementsOf(top);
  const found = inner.find((child) => child.local === 'channel' || child.local === 'feed');
  if (found !== undefined) return found;
  if (top.local !== '') return top;
  for (const child of inner) {
    const deeper = findChannel(child);
    if (deeper !== null && deeper !== child) return deeper;
  }
  return inner.some((child) => child.local === 'item' || child.local === 'entry') ? top : null;
}

/** All items and entries that are in no other, each with the elements around it. */
function findEntries(top: XmlElement): { element: XmlElement; ancestors: readonly XmlElement[] }[] {
  const found: { element: XmlElement; ancestors: readonly XmlElement[] }[] = [];
  const look = (element: XmlElement, ancestors: readonly XmlElement[]) => {
    const inner = [...ancestors, element];
    for (const child of elementsOf(element)) {
      const name = qualifiedName(child);
      if (name === 'core:item' || name === 'core:entry') found.push({ element: child, ancestors: inner });
      else look(child, inner);
    }
  };
  look(top, []);
  return found;
}

function dialectOf(top: XmlElement, container: XmlElement): FeedDialect {
  if (top.local === 'rdf') return 'rdf';
  if (top.local === 'rss') return 'rss';
  if (container.local === 'channel')
    return readAttribute(container, 'xmlns') === null && isCdf(container) ? 'cdf' : 'rss';
  const isOld = readAttribute(container, 'version') === '0.3' || /purl\.org\/atom/i.test(container.namespace);
  return isOld ? 'atom03' : 'atom10';
}

/** Channel Definition Format puts its addresses and dates into attributes. */
function isCdf(channel: XmlElement): boolean {
  return /^[A-Z]+$/.test(channel.name) || readAttribute(channel, 'href') !== null;
}
