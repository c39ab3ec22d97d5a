import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { ApiEnv } from '../api-app.ts';
import type { ApiPorts } from '../api-ports.ts';

/** Methods that anybody may invent would make a label of a metric each. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']);

/** Numbers every request, gives every answer its headers, and reports how it was answered. */
export function answerHeaders({
  settings,
  observeRequest,
}: Pick<ApiPorts, 'settings' | 'observeRequest'>): MiddlewareHandler<ApiEnv> {
  const isSecure = settings.publicUrl.startsWith('https:');
  const fixed = Object.entries({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'cross-origin',
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  });
  return async (c, next) => {
    const startedMs = performance.now();
    const id = randomBytes(8).toString('hex');
    c.set('requestId', id);
    await next();
    for (const [name, value] of fixed) c.res.headers.set(name, value);
    c.res.headers.set('x-request-id', id);
    if (!c.res.headers.has('cache-control')) {
      // Asked for again each time; what is the account's own is kept by nobody else.
      const isOwn = c.get('caller')?.kind === 'token';
      c.res.headers.set('cache-control', isOwn ? 'private, no-cache' : 'no-cache');
    }
    c.res.headers.append('vary', 'Accept, Authorization');
    observeRequest({
      id,
      method: methods.has(c.req.method) ? c.req.method : 'other',
      route: routePath(c, -1),
      status: c.res.status,
      ms: Math.round((performance.now() - startedMs) * 100) / 100,
    });
  };
}
