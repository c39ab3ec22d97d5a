import type { MiddlewareHandler } from 'hono';
import type { ApiScope } from '../../accounts/api-tokens/api-token.ts';
import { mayUse } from '../../accounts/api-tokens/create-api-tokens.ts';
import type { ApiContext, ApiEnv, Caller } from '../api-app.ts';
import { problem } from '../problem.ts';

/** Lets only tokens through that have the scope. */
export function requireScope(scope: ApiScope): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = c.get('caller');
    if (caller.kind === 'anybody') {
      c.header('www-authenticate', 'Bearer realm="kbalertz"');
      return problem(c, 'no-token', `It needs a token with the scope “${scope}”. Nothing was done.`);
    }
    if (mayUse(caller, scope)) return next();
    c.header('www-authenticate', `Bearer realm="kbalertz", error="insufficient_scope", scope="${scope}"`);
    const needs = scope === 'administration' ? ', and its account has to be an administrator’s' : '';
    return problem(c, 'not-allowed', `The token needs the scope “${scope}”${needs}. Nothing was done.`);
  };
}

/** Whether the caller may see what only administrators do. */
export function isAdministrator(c: Pick<ApiContext, 'get'>): boolean {
  const caller = c.get('caller');
  return caller.kind === 'token' && mayUse(caller, 'administration');
}

/** Whose token it is, behind `requireScope`. */
export function readCaller(c: Pick<ApiContext, 'get' | 'req'>): Extract<Caller, { kind: 'token' }> {
  const caller = c.get('caller');
  if (caller.kind !== 'token') throw new Error(`${c.req.path} was reached by nobody in particular.`);
  return caller;
}
