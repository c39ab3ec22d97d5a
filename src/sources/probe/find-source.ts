import { SourceError, type SourceKind } from '../../knowledge/source.ts';
import { readFeed } from '../feed/read-feed.ts';
import type { FetchedPage } from '../http/fetched.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { toSourceError } from '../http/source-failure.ts';
import { decodeText } from '../markup/decode-text.ts';
import { XmlLimitError } from '../markup/xml-tree.ts';
import { parsePage } from '../pages/parse-page.ts';
import { readSitemap } from '../pages/read-sitemap.ts';

export type FoundSource = {
  readonly kind: SourceKind;
  readonly url: string;
  readonly settings: Readonly<Record<string, unknown>>;
};

const forges = new Set(['github.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org']);

/** Finds out what kind of source is at an address, or near it. Throws SourceError. */
export async function findSource(request: {
  url: string;
  client: PoliteClient;
  signal: AbortSignal;
}): Promise<FoundSource> {
  const { client, signal } = request;
  const url = request.url.trim();
  if (!/^https?:\/\//i.test(url)) return findLocal(url);
  const address = new URL(url);
  const repository = /^\/[^/]+\/[^/]+\/?$/.test(address.pathname) && forges.has(address.hostname);
  if (repository || /\.git\/?$/.test(address.pathname)) return found('git', url);

  const fetched = await client.fetch({ url, signal });
  if (fetched.kind === 'page') {
    const kind = kindOf(fetched);
    if (kind !== null) return found(kind, url);
    const near = (await findProvider(address)) ?? findFeedLink(fetched) ?? (await findSitemap(fetched.url));
    if (near !== null) return near;
    return found('pages', url);
  }
  const near =
    fetched.kind === 'missing' ? ((await findDirectory(url)) ?? (await findProvider(address))) : null;
  if (near !== null) return near;
  if (fetched.kind === 'unchanged')
    throw new SourceError('bad-answer', `${url} says that nothing changed, without a former visit.`);
  throw toSourceError(fetched);

  /** The fixed place of a provider's metadata, where the address is that of a site. */
  async function findProvider({ pathname, origin }: URL): Promise<FoundSource | null> {
    if (pathname !== '/') return null;
    const metadata = `${origin}/.well-known/csaf/provider-metadata.json`;
    const answer = await client.fetch({ url: metadata, signal });
    return answer.kind === 'page' && kindOf(answer) === 'csaf' ? found('csaf', metadata) : null;
  }

  async function findDirectory(place: string): Promise<FoundSource | null> {
    if (!place.endsWith('/')) return null;
    for (const name of ['changes.csv', 'index.txt']) {
      const answer = await client.fetch({ url: place + name, signal });
      if (answer.kind === 'page') return found('csaf', place);
    }
    return null;
  }

  async function findSitemap(page: string): Promise<FoundSource | null> {
    const named = await client.listSitemaps(page, signal);
    const { pathname, origin } = new URL(page);
    const include = pathname === '/' ? {} : { include: [`${pathname.replace(/[^/]*$/, '')}*`] };
    for (const sitemap of [...named, `${origin}/sitemap.xml`].slice(0, 3)) {
      const answer = await client.fetch({ url: sitemap, signal });
      if (answer.kind === 'page') return { kind: 'pages', url: sitemap, settings: include };
    }
    return null;
  }
}

function findLocal(path: string): FoundSource {
  if (/\.(bundle|git)\/?$/.test(path)) return found('git', path);
  return found('folder', path);
}

function found(kind: SourceKind, url: string): FoundSource {
  return { kind, url, settings: {} };
}

function kindOf(page: FetchedPage): SourceKind | null {
  const text = decodeText(page.body, page.headers['content-type'] ?? null).text.trimStart();
  if (text.startsWith('{') && /"(distributions|canonical_url)"\s*:/.test(text)) return 'csaf';
  if (/^\{\s*"feed"\s*:/.test(text)) return 'csaf';
  if (/^<!doctype html|^<html/i.test(text)) return null;
  try {
    const feed = readFeed({ body: page.body, url: page.url, headers: page.headers });
    if (feed !== null && feed.entries.length > 0) return 'feed';
    return readSitemap(page.body) === null ? null : 'pages';
  } catch (error) {
    if (error instanceof XmlLimitError) return null;
    throw error;
  }
}

/** The feed that a page names in its head. */
function findFeedLink(page: FetchedPage): FoundSource | null {
  const $ = parsePage(decodeText(page.body, page.headers['content-type'] ?? null).text.slice(0, 500_000));
  if ($ === null) return null;
  const link = $('link[rel~=alternate]')
    .toArray()
    .find((element) => /^application\/(rss|atom|feed)\+(xml|json)$/i.test($(element).attr('type') ?? ''));
  const href = link === undefined ? undefined : $(link).attr('href');
  return href !== undefined && URL.canParse(href, page.url)
    ? found('feed', new URL(href, page.url).href)
    : null;
}
