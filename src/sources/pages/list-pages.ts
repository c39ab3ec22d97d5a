import type { Fetched } from '../http/fetched.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { BodyLimitError, expandGzip } from '../http/read-body.ts';
import { toSourceError } from '../http/source-failure.ts';
import type { VisitRound } from '../http/visit-round.ts';
import { XmlLimitError } from '../markup/xml-tree.ts';
import { parsePage } from './parse-page.ts';
import { readSitemap, type Sitemap } from './read-sitemap.ts';

export type ListedPage = { readonly url: string; readonly modifiedAtMs: number | null };

export type PageList = {
  readonly pages: readonly ListedPage[];
  /** False when a part of the list could not be read: what is missing from it may still be there. */
  readonly isComplete: boolean;
  readonly warnings: readonly string[];
};

const maxSitemaps = 500;
const maxSitemapBytes = 52_428_800; // https://www.sitemaps.org/protocol.html

/**
 * Lists a site's pages: from its sitemap, the sitemaps that its robots.txt names, a list of URLs, or the links of an
 * overview page. Throws SourceError when there is no list at the address.
 */
export async function listPages(request: {
  url: string;
  urls: readonly string[];
  isWanted: (url: string) => boolean;
  maxPages: number;
  client: PoliteClient;
  round: VisitRound;
  signal: AbortSignal;
}): Promise<PageList> {
  const { client, round, signal, isWanted, maxPages } = request;
  const pages = new Map<string, ListedPage>();
  const warnings: string[] = [];
  let isComplete = true;
  const add = (page: ListedPage) => {
    const url = withoutFragment(page.url);
    if (!isWanted(url) || pages.has(url)) return;
    if (pages.size < maxPages) pages.set(url, { ...page, url });
    else if (isComplete) {
      isComplete = false;
      warnings.push(`Only the first ${maxPages} pages are watched (the setting maxPages).`);
    }
  };

  for (const url of request.urls) add({ url, modifiedAtMs: null });
  const waiting = request.urls.length > 0 ? [] : [request.url];
  const seen = new Set(waiting);
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const isFirst = url === request.url;
    const read = await readList(url);
    if (read.kind === 'failed') {
      if (isFirst) throw toSourceError(read.fetched);
      isComplete = false;
      const because = 'because' in read.fetched ? read.fetched.because : `status ${read.fetched.status}`;
      warnings.push(`The sitemap ${url} could not be read: ${because}.`);
      continue;
    }
    if (read.kind === 'page') {
      if (!isFirst) {
        isComplete = false;
        warnings.push(`${url} is no sitemap.`);
        continue;
      }
      const named = (await client.listSitemaps(url, signal)).filter((found) => !seen.has(found));
      for (const found of named) enqueue(found);
      if (named.length === 0) for (const link of read.links) add({ url: link, modifiedAtMs: null });
      continue;
    }
    for (const page of read.sitemap.pages) add(page);
    for (const found of read.sitemap.sitemaps) enqueue(found);
  }
  return { pages: [...pages.values()], isComplete, warnings };

  function enqueue(url: string): void {
    if (seen.has(url)) return;
    if (seen.size >= maxSitemaps) {
      if (isComplete) warnings.push(`Only the first ${maxSitemaps} sitemaps are read.`);
      isComplete = false;
      return;
    }
    seen.add(url);
    waiting.push(url);
  }

  async function readList(
    url: string,
  ): Promise<
    | { kind: 'sitemap'; sitemap: Sitemap }
    | { kind: 'page'; links: readonly string[] }
    | { kind: 'failed'; fetched: Exclude<Fetched, { kind: 'page' | 'unchanged' }> }
  > {
    const resource = `sitemap ${url}`;
    const before = round.find(resource);
    const fetched = await client.fetch({
      url,
      maxBytes: maxSitemapBytes,
      signal,
      ...(before?.note != null && { validators: round.validatorsOf(resource) }),
    });
    if (fetched.kind === 'unchanged') {
      await round.recordUnchanged(resource);
      return { kind: 'sitemap', sitemap: parseKept(before?.note ?? '{}') };
    }
    if (fetched.kind !== 'page') return { kind: 'failed', fetched };
    try {
      const isGzip = fetched.body[0] === 0x1f && fetched.body[1] === 0x8b;
      const body = isGzip
        ? await expandGzip(fetched.body, { maxBytes: maxSitemapBytes, maxRatio: 500 })
        : fetched.body;
      const sitemap = readSitemap(body);
      if (sitemap === null) return { kind: 'page', links: listLinks(body, fetched.url) };
      await round.recordList(resource, JSON.stringify(sitemap), fetched.validators);
      return { kind: 'sitemap', sitemap };
    } catch (error) {
      if (!(error instanceof XmlLimitError || error instanceof BodyLimitError)) throw error;
      const failure = {
        kind: 'failed',
        url,
        code: 'bad-answer',
        status: null,
        because: error.message,
      } as const;
      return { kind: 'failed', fetched: failure };
    }
  }
}

/** Links of an overview to pages at or below its own address. */
function listLinks(body: Uint8Array, url: string): string[] {
  const $ = parsePage(new TextDecoder().decode(body));
  if ($ === null) return [];
  const folder = new URL('.', url).href;
  const links = $('a[href]')
    .toArray()
    .flatMap((link) => {
      const href = $(link).attr('href') ?? '';
      return URL.canParse(href, url) ? [withoutFragment(new URL(href, url).href)] : [];
    });
  return [...new Set(links)].filter((link) => link.startsWith(folder) && link !== withoutFragment(url));
}

function withoutFragment(url: string): string {
  return url.split('#')[0] ?? url;
}

/** A sitemap comes back from our own memory as it went in. */
function parseKept(text: string): Sitemap {
  return JSON.parse(text) as Sitemap; // written by readList above
}
