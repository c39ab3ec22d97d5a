import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiContext, ApiEnv } from '../api-app.ts';
import { problem } from '../problem.ts';

const maxBytes = 64 * 1024;

/** Refuses bodies beyond what any operation takes, before they are read. */
export const limitBody: MiddlewareHandler<ApiEnv> = bodyLimit({
  maxSize: maxBytes,
  onError: (c) =>
    problem(
      c as ApiContext, // it is only used within the API
      'too-large',
      `A body may have at most ${maxBytes / 1024} kB. Nothing was done.`,
    ),
});

/** Refuses a body that is no JSON, before it is looked at. */
export const requireJson: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json *(;|$)/i.test(type)) {
    const said = type === '' ? 'no Content-Type' : `“${type.slice(0, 80)}”`;
    return problem(c, 'not-json', `The body was sent as ${said}. Nothing was done.`);
  }
  try {
    JSON.parse(await c.req.text());
  } catch {
    const errors = [{ in: 'body' as const, name: '', message: 'is no JSON' }];
    return problem(c, 'bad-request', 'Nothing was done. See errors.', { errors });
  }
  return next();
};
