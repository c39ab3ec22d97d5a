import type { MiddlewareHandler } from 'hono';
import { problemPage } from '../parts/problem-page.ts';
import type { SiteEnv } from '../site-app.ts';

/**
 * Refuses a state-changing request that another site made in the reader's name (OWASP, "Cross-Site Request
 * Forgery Prevention": Fetch Metadata with a fall-back to Origin). `isExempt` names paths that need no cookie.
 */
export function refuseForeignRequests(
  publicUrl: string,
  isExempt: (path: string) => boolean,
): MiddlewareHandler<SiteEnv> {
  const own = new URL(publicUrl).origin;
  return async (c, next) => {
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || isExempt(c.req.path)) return next();
    const site = c.req.header('sec-fetch-site');
    if (site === undefined ? isOwnOrigin(c.req, own) : site === 'same-origin' || site === 'none')
      return next();
    return problemPage(c, {
      status: 403,
      title: 'This request came from another site',
      happened: 'Your browser says that the form was not sent from a page of this site, so we did nothing.',
      kept: 'Nothing was changed.',
      next: 'Open the page here, and send it again.',
    });
  };
}

function isOwnOrigin(
  request: { header(name: string): string | undefined; url: string },
  own: string,
): boolean {
  const origin = request.header('origin');
  if (origin === undefined || origin === 'null') return false;
  // A plain-http name that the operator did not configure (an intranet alias) still posts to itself.
  return origin === own || origin === new URL(request.url).origin;
}
