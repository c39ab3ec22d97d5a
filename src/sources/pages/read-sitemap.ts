import { readDate } from '../dates/read-date.ts';
import { decodeText } from '../markup/decode-text.ts';
import { readXmlTree, type XmlElement } from '../markup/xml-tree.ts';

export type Sitemap = {
  readonly pages: readonly {
    readonly url: string /** Milliseconds since 1970, null when it isn't said. */;
    readonly modifiedAtMs: number | null;
  }[];
  /** Further sitemaps, of an index. */
  readonly sitemaps: readonly string[];
};

/**
 * Reads a sitemap or an index of sitemaps (https://www.sitemaps.org/protocol.html), or a list with one URL a line.
 * null when it's neither. Throws XmlLimitError.
 */
export function readSitemap(bytes: Uint8Array): Sitemap | null {
  const { text } = decodeText(bytes);
  const start = text.trimStart();
  if (!start.startsWith('<')) return readList(start);
  if (/^<(!doctype html|html)\b/i.test(start)) return null;
  const root = readXmlTree(text).children.find((child) => typeof child !== 'string');
  if (root === undefined) return null;
  const entries = elementsOf(root);
  if (root.local === 'sitemapindex') {
    return { pages: [], sitemaps: entries.flatMap((entry) => addressOf(entry, 'sitemap')) };
  }
  if (root.local !== 'urlset') return null;
  return {
    sitemaps: [],
    pages: entries.flatMap((entry) =>
      addressOf(entry, 'url').map((url) => ({ url, modifiedAtMs: readDate(textOf(entry, 'lastmod')) })),
    ),
  };
}

function readList(text: string): Sitemap | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const urls = lines.filter(isWebUrl);
  return urls.length === 0 || urls.length < lines.length / 2
    ? null
    : { sitemaps: [], pages: urls.map((url) => ({ url, modifiedAtMs: null })) };
}

function addressOf(entry: XmlElement, name: string): string[] {
  const url = entry.local === name ? textOf(entry, 'loc') : '';
  return isWebUrl(url) ? [url] : [];
}

function textOf(entry: XmlElement, name: string): string {
  const found = elementsOf(entry).find((child) => child.local === name);
  return (
    found?.children
      .filter((child) => typeof child === 'string')
      .join('')
      .trim() ?? ''
  );
}

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && text.length <= 2000 && URL.canParse(text);
}
