import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SiteContext } from '../site-app.ts';

const lifetimeSeconds = 900;

/** Remembers in the browser what it began at the provider; Lax, since it comes back from there by a link. */
export function createProviderCookie(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-provider' : 'provider';
  const options = { path: '/', httpOnly: true, secure: isSecure, sameSite: 'Lax' } as const;
  return {
    keep: (c: SiteContext, secret: string) =>
      setCookie(c, name, secret, { ...options, maxAge: lifetimeSeconds }),
    /** What was kept, which is then gone. */
    take(c: SiteContext): string {
      const secret = getCookie(c, name) ?? '';
      deleteCookie(c, name, options);
      return secret;
    },
  };
}
