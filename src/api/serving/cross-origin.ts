import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { ApiEnv } from '../api-app.ts';

/**
 * Scripts of any site may read the API and use a token that their user gave them: nothing is done for a cookie here,
 * so that a foreign page can do nothing in its visitor's name.
 */
const allowAnyOrigin = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match'],
  exposeHeaders: ['ETag', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
  maxAge: 86_400,
});

/** Answers preflights; a plain OPTIONS goes on, to be told which methods there are. */
export const crossOrigin: MiddlewareHandler<ApiEnv> = (c, next) => {
  const isPreflight = c.req.header('access-control-request-method') !== undefined;
  if (c.req.method !== 'OPTIONS' || isPreflight) return allowAnyOrigin(c, next);
  return next();
};
