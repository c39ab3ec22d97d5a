import type { MiddlewareHandler } from 'hono';
import type { SiteContext, SiteEnv } from '../site-app.ts';
import type { PageCache } from './page-cache.ts';
import { createStoredPage, encodeFor, matchesEtag, type StoredPage } from './stored-page.ts';

/** Paths whose pages are the same for everybody who is not signed in, until something changes in the archive. */
const isShared = (path: string) => /^\/($|a\/|changes$|technologies(\/|$)|search(\/|$)|status$)/.test(path);

/** They have headers of their own. */
const isNoPage = (path: string) => path.startsWith('/assets/') || path === '/healthz' || path === '/readyz';

/**
 * Gives pages their ETag, answers conditional requests, compresses, and serves shared pages from memory to those
 * who have no session.
 */
export function servePages(ports: {
  readonly cache: PageCache;
  readonly hasCookie: (c: SiteContext) => boolean;
  /** Of every page, beside its own. */
  readonly headers: Readonly<Record<string, string>>;
}): MiddlewareHandler<SiteEnv> {
  const baseHeaders = {
    ...ports.headers,
    // Kept by the browser alone, and asked for again each time: the same address shows others something else.
    'cache-control': 'private, no-cache',
    vary: 'Accept-Encoding, Cookie',
  };
  return async (c, next) => {
    if (isNoPage(c.req.path)) return next();
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      await next();
      c.res.headers.set('cache-control', 'no-store');
      return undefined;
    }
    const isAnonymous = !ports.hasCookie(c);
    const key = isAnonymous && isShared(c.req.path) ? c.req.url.slice(c.req.url.indexOf('/', 8)) : null;
    const kept = key === null ? null : await ports.cache.find(key);
    if (kept !== null) return answerWith(c, kept, baseHeaders);
    await next();
    const page = await storePage(c.res);
    if (page === null) return undefined;
    if (key !== null) ports.cache.keep(key, page);
    // The headers that the page set itself win; a body of bytes replaces its own.
    const answer = await answerWith(c, page, baseHeaders);
    for (const [name, value] of c.res.headers) {
      if (name === 'set-cookie') answer.headers.append(name, value);
      else if (name === 'cache-control' || name === 'content-disposition') answer.headers.set(name, value);
    }
    c.res = undefined;
    c.res = answer;
    return undefined;
  };
}

async function storePage(response: Response): Promise<StoredPage | null> {
  const contentType = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !/^(text\/|application\/(json|xml))/.test(contentType)) return null;
  if (response.headers.has('content-encoding')) return null;
  return createStoredPage(contentType, new Uint8Array(await response.arrayBuffer()));
}

async function answerWith(
  c: SiteContext,
  page: StoredPage,
  baseHeaders: Readonly<Record<string, string>>,
): Promise<Response> {
  const requestId = c.get('requestId');
  const own = requestId === undefined ? {} : { 'x-request-id': requestId };
  c.set('isNumbered', true);
  if (matchesEtag(c.req.header('if-none-match'), page.etag)) {
    return new Response(null, { status: 304, headers: { ...baseHeaders, ...own, etag: page.etag } });
  }
  const { bytes, headers } = await encodeFor(page, c.req.header('accept-encoding'), baseHeaders);
  return new Response(bytes, { status: 200, headers: { ...headers, ...own } });
}
