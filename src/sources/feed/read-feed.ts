import { type DecodedText, decodeText } from '../markup/decode-text.ts';
import { readLanguage, resolveUrl } from '../markup/resolve-url.ts';
import { readXmlTree } from '../markup/xml-tree.ts';
import type { Feed } from './feed.ts';
import { readJsonFeed } from './read-json-feed.ts';
import { readXmlFeed } from './read-xml-feed.ts';

/** A fetched document: its bytes, where they came from, and the headers (names in lower case). */
export type FetchedDocument = {
  readonly body: Uint8Array;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Reads a feed of any kind from what was fetched; null when it's none.
 * Throws XmlLimitError when the document is deeper or larger than any feed.
 */
export function readFeed({ body, url, headers }: FetchedDocument): Feed | null {
  const decoded: DecodedText = decodeText(body, headers['content-type'] ?? null);
  const location = headers['content-location'];
  const outer = {
    base: (location === undefined ? '' : resolveUrl(location, url)) || url,
    language: readLanguage(headers['content-language'] ?? ''),
  };
  const start = decoded.text.trimStart();
  if (start.startsWith('{')) {
    const value = parseJson(start);
    return value === undefined ? null : readJsonFeed(value, outer);
  }
  return readXmlFeed(readXmlTree(decoded.text), outer);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is no feed, which is an answer
  }
}
