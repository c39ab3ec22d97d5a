import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { RequestFacts } from '../../knowledge/request-facts.ts';
import type { SiteEnv } from '../site-app.ts';
import { answerPage, readAskedForm } from './answer-page.ts';
import { createRequestId, msSince } from './observe-requests.ts';
import type { PageCache } from './page-cache.ts';
import { createStoredPage, type StoredPage } from './stored-page.ts';

/** Paths whose pages are the same for everybody who is not signed in, until something changes in the archive. */
const isShared = (path: string) => /^\/($|a\/|changes$|technologies(\/|$)|search(\/|$)|status$)/.test(path);

/** They have headers of their own. */
const isNoPage = (path: string) => path.startsWith('/assets/') || path === '/healthz' || path === '/readyz';

const encoder = new TextEncoder();

/** The address without its host. */
const keyOf = (url: string) => url.slice(url.indexOf('/', 8));

export type PageServing = {
  /**
   * Answers before any routing what is kept, to those who have no session; null: the site has to answer. Most requests
   * are of this kind, and routing would cost more than all the rest of them.
   */
  answerFromMemory(request: Request): Response | Promise<Response> | null;
  /** Gives pages their ETag, answers conditional requests, compresses, and keeps shared pages. */
  readonly serve: MiddlewareHandler<SiteEnv>;
};

export function createPageServing(ports: {
  readonly cache: PageCache;
  readonly hasSession: (cookies: string | null | undefined) => boolean;
  /** Of every page, beside its own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly observe: (request: RequestFacts) => void;
}): PageServing {
  const { cache, hasSession, observe } = ports;
  const baseHeaders = {
    ...ports.headers,
    // Kept by the browser alone, and asked for again each time: the same address shows others something else.
    'cache-control': 'private, no-cache',
    vary: 'Accept-Encoding, Cookie',
  };
  return {
    answerFromMemory({ method, url, headers }) {
      if (method !== 'GET' || hasSession(headers.get('cookie'))) return null;
      const startedMs = performance.now();
      const kept = cache.findNow(keyOf(url));
      if (kept === null) return null;
      const id = createRequestId();
      const report = (answer: Response) => {
        observe({ id, method, route: kept.route, status: answer.status, ms: msSince(startedMs) });
        return answer;
      };
      const answer = answerPage(kept.page, readAskedForm(headers, id), baseHeaders);
      return answer instanceof Promise ? answer.then(report) : report(answer);
    },

    async serve(c, next) {
      if (isNoPage(c.req.path)) return next();
      if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
        await next();
        c.res.headers.set('cache-control', 'no-store');
        return undefined;
      }
      const key = isShared(c.req.path) && !hasSession(c.req.header('cookie')) ? keyOf(c.req.url) : null;
      const asked = readAskedForm(c.req.raw.headers, c.get('requestId'));
      const kept = key === null ? null : await cache.find(key);
      if (kept !== null) {
        c.set('hasHeaders', true);
        return answerPage(kept.page, asked, baseHeaders);
      }
      await next();
      const text = c.get('page') ?? null;
      const page =
        text !== null && c.res.status === 200
          ? createStoredPage('text/html; charset=UTF-8', encoder.encode(text))
          : await storePage(c.res);
      if (page === null) return undefined;
      if (key !== null) cache.keep(key, { page, route: routePath(c, -1) });
      c.set('hasHeaders', true);
      // The headers that the page set itself win; a body of bytes replaces its own.
      const answer = await answerPage(page, asked, baseHeaders);
      for (const [name, value] of c.res.headers) {
        if (name === 'set-cookie') answer.headers.append(name, value);
        else if (name === 'cache-control' || name === 'content-disposition') answer.headers.set(name, value);
      }
      c.res = undefined;
      c.res = answer;
      return undefined;
    },
  };
}

async function storePage(response: Response): Promise<StoredPage | null> {
  const contentType = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !/^(text\/|application\/(json|xml))/.test(contentType)) return null;
  if (response.headers.has('content-encoding')) return null;
  return createStoredPage(contentType, new Uint8Array(await response.arrayBuffer()));
}
