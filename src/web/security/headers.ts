import type { MiddlewareHandler } from 'hono';
import type { SiteEnv } from '../site-app.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // For the one address of the worker that shows push messages (assets/push.js).
  'trusted-types push-worker',
].join('; ');

/** Headers of every answer: nothing inline runs, nobody frames the site, no address leaks to other hosts. */
export function listSecurityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not no-referrer: with it browsers send `Origin: null` even to ourselves, and the check of origins would fail.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(publicUrl.startsWith('https:') && {
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    }),
  };
}

export function securityHeaders(publicUrl: string): MiddlewareHandler<SiteEnv> {
  const headers = Object.entries(listSecurityHeaders(publicUrl));
  return async (c, next) => {
    await next();
    if (c.get('hasHeaders')) return; // a page, which has these among its own
    for (const [name, value] of headers) c.res.headers.set(name, value);
  };
}
