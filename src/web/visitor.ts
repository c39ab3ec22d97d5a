import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { hasRole, type Role } from '../accounts/account.ts';
import type { HeldBackRole } from '../accounts/passkeys/hold-back-role.ts';
import { paths } from './links.ts';
import { problemPage } from './parts/problem-page.ts';
import type { SiteContext, SiteEnv, Visitor } from './site-app.ts';

/** Lets only those through who are signed in. */
export const requireVisitor: MiddlewareHandler<SiteEnv> = async (c, next) => {
  if (c.get('visitor') !== null) return next();
  if (c.req.method === 'GET') return c.redirect(paths.signIn);
  return problemPage(c, {
    status: 401,
    title: 'You are not signed in any more',
    happened: 'Your session ended before the form was sent.',
    kept: 'Nothing was changed.',
    next: 'Sign in, and send it again.',
  });
};

/**
 * Lets only those through who proved to be present within the last ten minutes: before steps that could lock the
 * owner out or cannot be undone. Others prove it first and come back to the page `next`.
 */
export function requireFresh(next: string): MiddlewareHandler<SiteEnv> {
  return async (c, go) => (c.get('visitor')?.isFresh ? go() : c.redirect(paths.proveAgain(next), 303));
}

/** Lets only those through who have the role; to others the page does not exist. */
export function requireRole(role: Role, notFound: (c: SiteContext) => Response | Promise<Response>) {
  return (async (c, next) => {
    const visitor = c.get('visitor');
    if (visitor === null && c.req.method === 'GET') return c.redirect(paths.signIn);
    if (visitor !== null && hasRole(visitor.account, role)) return next();
    const { heldBack = null } = visitor ?? {};
    return heldBack !== null && hasRole(heldBack, role) ? askForPasskey(c, heldBack) : notFound(c);
  }) satisfies MiddlewareHandler<SiteEnv>;
}

function askForPasskey(c: SiteContext, { hasPasskey }: HeldBackRole) {
  const next = c.req.method === 'GET' ? c.req.path : paths.account;
  return problemPage(c, {
    status: 403,
    title: 'This needs your passkey',
    happened: 'Your role asks for a passkey, and you signed in without one.',
    kept: 'Nothing was changed.',
    next: hasPasskey
      ? html`<a class="btn" href="${paths.proveAgain(next)}">Sign in with it</a>`
      : html`<a class="btn" href="${paths.signingIn}">Add a passkey</a>`,
  });
}

/** Who is signed in, behind `requireVisitor`. */
export function readVisitor(c: SiteContext): Visitor {
  const visitor = c.get('visitor');
  if (visitor === null) throw new Error(`${c.req.path} was reached by nobody in particular.`);
  return visitor;
}
