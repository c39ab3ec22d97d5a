import type { MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import type { Accounts } from '../../accounts/accounts.ts';
import type { SignInMethod } from '../../accounts/session.ts';
import { sessionLifetimeMs } from '../../accounts/sign-in-session.ts';
import type { AccountId } from '../../knowledge/ids.ts';
import type { SiteContext, SiteEnv } from '../site-app.ts';

/** Where TLS is, the `__Host-` prefix binds the cookie to this host and to secure connections (RFC 6265bis, 4.1.3.2). */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-session' : 'session');

export type SessionCookie = ReturnType<typeof createSessionCookie>;

/** Sets, reads and clears the cookie that holds a session's secret. */
export function createSessionCookie(accounts: Accounts, publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:');
  const name = nameOf(isSecure);
  const options = { path: '/', httpOnly: true, secure: isSecure, sameSite: 'Lax' } as const;
  return {
    /** Finds who is signed in and leaves it as `visitor`. */
    recognise: (async (c, next) => {
      const secret = getCookie(c, name);
      c.set('visitor', secret === undefined ? null : await accounts.resumeSession(secret));
      return next();
    }) satisfies MiddlewareHandler<SiteEnv>,
    /** Whether a Cookie header brings a session, of whomever. */
    isIn: (cookies: string | null | undefined) => Boolean(cookies) && name in parse(cookies ?? '', name),
    /** A new session with a new secret; one that the browser had ends. */
    async signIn(c: SiteContext, accountId: AccountId, method: SignInMethod = 'link'): Promise<void> {
      const former = getCookie(c, name);
      if (former !== undefined) await accounts.endSession(former);
      const userAgent = c.req.header('user-agent') ?? '';
      const { secret } = await accounts.startSession({ accountId, userAgent, method });
      setCookie(c, name, secret, { ...options, maxAge: sessionLifetimeMs / 1000 });
    },
    async signOut(c: SiteContext): Promise<void> {
      const secret = getCookie(c, name);
      if (secret !== undefined) await accounts.endSession(secret);
      deleteCookie(c, name, options);
    },
  };
}
