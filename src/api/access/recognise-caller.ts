import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../api-app.ts';
import type { ApiPorts } from '../api-ports.ts';
import { problem } from '../problem.ts';
import type { RateLimiter } from './limit-rate.ts';

const challenge = 'Bearer realm="kbalertz"';

/**
 * Finds out who makes the request (RFC 6750: a token in the header, nowhere else) and holds them to their rate. A
 * token that does not work is refused, and counts for the network that tries it.
 */
export function recogniseCaller(
  { apiTokens, findNetwork }: Pick<ApiPorts, 'apiTokens' | 'findNetwork'>,
  limitRate: RateLimiter,
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization');
    const secret = /^Bearer +([\w-]{1,200})$/i.exec(header ?? '')?.[1];
    const known = secret === undefined ? null : await apiTokens.recogniseToken(secret);
    const network = findNetwork({
      connected: c.env?.incoming?.socket?.remoteAddress ?? 'unknown',
      header: (name) => c.req.header(name),
    });
    c.set('caller', known === null ? { kind: 'anybody', network } : { kind: 'token', ...known });
    const { refusal, headers } = await limitRate(c);
    if (refusal !== null) c.res = refusal;
    else if (header !== undefined && known === null) {
      c.res = problem(c, 'bad-token', 'Nothing was done.');
      c.res.headers.set('www-authenticate', `${challenge}, error="invalid_token"`);
    } else await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}
