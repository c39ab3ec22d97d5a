import { randomBytes } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { ApiApp, ApiEnv } from './api-app.ts';
import { describeApi } from './api-document.ts';
import type { ApiPorts } from './api-ports.ts';
import { apiPath, createApiLinks } from './links.ts';
import { operations } from './operations/list.ts';
import { problem } from './problem.ts';
import { renderReference } from './reference/render-reference.ts';
import { refuseInvalid } from './refuse-invalid.ts';

/** The API on its ports. `fetch` of the result answers what is below `/api`. */
export function createApi(ports: ApiPorts): Hono<ApiEnv> {
  const links = createApiLinks(ports.settings.publicUrl);
  const resources: ApiApp = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  for (const operation of operations) operation.register(resources, ports);
  const described = describeApi(resources, ports.settings);
  const document = JSON.stringify(described);
  const reference = renderReference(described, ports.settings);

  const api = new Hono<ApiEnv>();
  api.use(async (c, next) => {
    c.set('links', links);
    return next();
  });
  api.get(`${apiPath}/openapi.json`, (c) => c.body(document, 200, { 'content-type': 'application/json' }));
  api.get(`${apiPath}/reference`, async (c) => c.html(await reference));
  for (const path of ['/api', apiPath]) api.get(path, (c) => c.redirect(`${apiPath}/reference`));
  api.route(apiPath, resources);
  api.notFound((c) =>
    problem(
      c,
      'not-found',
      `Nothing is at ${c.req.path}. The reference lists all addresses: ${links.reference}`,
    ),
  );
  api.onError((error, c) => {
    const reference = randomBytes(5).toString('hex');
    ports.log.error({ reference, path: c.req.path, error });
    return problem(c, 'went-wrong', 'The request could not be answered.', { reference });
  });
  return api;
}
