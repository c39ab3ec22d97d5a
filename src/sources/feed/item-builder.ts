import { readDate } from '../dates/read-date.ts';
import { readLanguage, resolveUrl } from '../markup/resolve-url.ts';
import type { XmlElement } from '../markup/xml-tree.ts';
import type { FeedCategory, FeedDate, FeedItem, FeedLink, FeedPerson, FeedText } from './feed.ts';
import { chooseLink, readFeedLink } from './read-feed-links.ts';
import { readFeedPerson } from './read-feed-person.ts';
import { plainText, readFeedText } from './read-feed-text.ts';
import { enter, readAttribute, type Surroundings } from './surroundings.ts';

/** Collects what the elements of one entry, or of the feed itself, say. */
export type ItemBuilder = {
  /** True when the element is one that every item may have. */
  read(name: string, element: XmlElement): boolean;
  readonly surroundings: Surroundings;
  finish(): FeedItem;
};

/** Which date an element gives; the last one of its kind wins. */
const dateFields: Readonly<Record<string, 'published' | 'updated' | 'created' | 'expired'>> = {
  'core:pubdate': 'published',
  'core:published': 'published',
  'core:issued': 'published',
  'dcterms:issued': 'published',
  'core:updated': 'updated',
  'core:modified': 'updated',
  'core:lastbuilddate': 'updated',
  'dc:date': 'updated',
  'dcterms:modified': 'updated',
  'core:created': 'created',
  'dcterms:created': 'created',
  'core:expirationdate': 'expired',
};

const usualSchemes: Readonly<Record<string, string>> = {
  'media:category': 'http://search.yahoo.com/mrss/category_schema',
};

/** `outer` already holds what the item's own element says. */
export function createItemBuilder(element: XmlElement, outer: Surroundings): ItemBuilder {
  const surroundings = outer;
  const links: FeedLink[] = [];
  const authors: FeedPerson[] = [];
  const contributors: FeedPerson[] = [];
  const categories: FeedCategory[] = [];
  const dates: Partial<Record<'published' | 'updated' | 'created' | 'expired', FeedDate>> = {};
  let title: FeedText | null = null;
  let moduleTitle: FeedText | null = null;
  let rights: FeedText | null = null;
  let publisher: FeedPerson | null = null;
  let id = readAttribute(element, 'rdf:about');
  let permalink: string | null = null;
  let language: string | null = null;

  const href = readAttribute(element, 'href');
  if (href !== null && surroundings.dialect === 'cdf') addLink(pageLink(resolveUrl(href, surroundings.base)));
  const lastModified = readAttribute(element, 'lastmod');
  if (lastModified !== null) dates.updated = toDate(lastModified);

  return { read, surroundings, finish };

  function read(name: string, child: XmlElement): boolean {
    const dateField = dateFields[name];
    if (dateField !== undefined) {
      dates[dateField] = toDate(plainText(child));
      return true;
    }
    switch (name) {
      case 'core:title':
        title ??= readFeedText(child, surroundings, 'text/plain');
        return true;
      case 'dc:title':
      case 'media:title':
        moduleTitle ??= readFeedText(child, surroundings, 'text/plain');
        return true;
      case 'core:link':
      case 'core:enclosure':
        addLink(readFeedLink(child, surroundings));
        return true;
      case 'core:id':
        id = readId(child);
        return true;
      case 'core:guid':
        readGuid(child);
        return true;
      case 'core:author':
      case 'core:managingeditor':
      case 'dc:author':
      case 'dc:creator':
      case 'itunes:author':
        addPerson(authors, child);
        return true;
      case 'core:contributor':
      case 'dc:contributor':
        addPerson(contributors, child);
        return true;
      case 'core:webmaster':
      case 'dc:publisher':
      case 'itunes:owner':
        publisher = readFeedPerson(child, surroundings);
        return true;
      case 'core:rights':
      case 'core:copyright':
      case 'dc:rights':
        rights = readFeedText(child, surroundings, 'text/plain');
        return true;
      case 'core:language':
      case 'dc:language':
        language = readLanguage(plainText(child));
        return true;
      case 'core:category':
      case 'dc:subject':
      case 'core:keywords':
      case 'core:tags':
      case 'itunes:category':
      case 'itunes:keywords':
      case 'media:category':
        readCategories(name, child);
        return true;
      default:
        return false;
    }
  }

  function finish(): FeedItem {
    return {
      id,
      title: title ?? moduleTitle,
      summary: null,
      link: chooseLink(links) ?? permalink,
      links,
      language,
      rights,
      published: dates.published ?? null,
      updated: dates.updated ?? null,
      created: dates.created ?? null,
      expired: dates.expired ?? null,
      authors,
      contributors,
      publisher,
      categories,
    };
  }

  function addLink(link: FeedLink | null): void {
    if (link !== null) links.push(link);
  }

  function addPerson(people: FeedPerson[], child: XmlElement): void {
    const person = readFeedPerson(child, surroundings);
    if (person.name !== null || person.email !== null || person.url !== null) people.push(person);
  }

  /** An id is an address, absolute or not, or just a name. */
  function readId(child: XmlElement): string {
    const written = plainText(child);
    return /\s/.test(written) ? written : resolveUrl(written, enter(child, surroundings).base) || written;
  }

  function readGuid(child: XmlElement): void {
    const isPermalink = readAttribute(child, 'ispermalink')?.toLowerCase() !== 'false';
    id = isPermalink ? readId(child) : plainText(child);
    if (isPermalink && /^https?:/i.test(id)) permalink = id;
  }

  function readCategories(name: string, child: XmlElement): void {
    const isList = name.endsWith(':keywords') || name.endsWith(':tags');
    const scheme = name.startsWith('itunes:')
      ? 'http://www.itunes.com/'
      : (readAttribute(child, 'scheme') ?? readAttribute(child, 'domain') ?? usualSchemes[name] ?? null);
    const label = readAttribute(child, 'label');
    const written = readAttribute(child, 'term') ?? readAttribute(child, 'text') ?? plainText(child);
    for (const term of isList ? written.split(',') : [written]) {
      if (term.trim() !== '') categories.push({ term: term.trim(), scheme, label });
    }
  }
}

function toDate(text: string): FeedDate {
  return { text, atMs: readDate(text) };
}

function pageLink(href: string): FeedLink | null {
  if (href === '') return null;
  return { rel: 'alternate', type: 'text/html', href, title: null, length: null, hreflang: null };
}
