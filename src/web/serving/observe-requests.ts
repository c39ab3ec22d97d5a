import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { RequestFacts } from '../../knowledge/request-facts.ts';
import type { SiteEnv } from '../site-app.ts';

/** Methods that anybody may invent would make a label of a metric each. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** 16 hexadecimal digits, by which a reader's page and the log name the same request. */
export function createRequestId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}

/** How long it is since `startedMs` of `performance.now`, in milliseconds with two decimals. */
export function msSince(startedMs: number): number {
  return Math.round((performance.now() - startedMs) * 100) / 100;
}

/** Numbers every request, tells its number in `X-Request-Id`, and reports how it was answered. */
export function observeRequests(observe: (request: RequestFacts) => void): MiddlewareHandler<SiteEnv> {
  return async (c, next) => {
    const startedMs = performance.now();
    const id = createRequestId();
    c.set('requestId', id);
    await next();
    // Pages have it among their headers; to touch the headers of an answer makes it slow to send.
    if (!c.get('hasHeaders')) c.res.headers.set('x-request-id', id);
    const { method } = c.req;
    observe({
      id,
      method: methods.has(method) ? method : 'other',
      route: routePath(c, -1),
      status: c.res.status,
      ms: msSince(startedMs),
    });
  };
}
