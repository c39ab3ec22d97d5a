import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { createRateLimiter } from './access/limit-rate.ts';
import { recogniseCaller } from './access/recognise-caller.ts';
import type { ApiApp, ApiEnv } from './api-app.ts';
import { describeApi } from './api-document.ts';
import type { ApiPorts } from './api-ports.ts';
import { apiPath, createApiLinks } from './links.ts';
import { operations } from './operations/list.ts';
import { problem } from './problem.ts';
import { renderReference } from './reference/render-reference.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { answerHeaders } from './serving/answer-headers.ts';
import { wantsLines } from './serving/answer-lines.ts';
import { limitBody } from './serving/check-body.ts';
import { crossOrigin } from './serving/cross-origin.ts';

/** Without them a browser keeps a 304 from the script that asked. */
const corsHeaders = ['access-control-allow-origin', 'access-control-expose-headers'];

/** The API on its ports. `fetch` of the result answers what is below `/api`. */
export function createApi(ports: ApiPorts): Hono<ApiEnv> {
  const { settings } = ports;
  const links = createApiLinks(settings.publicUrl);
  const resources: ApiApp = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  for (const operation of operations) operation.register(resources, ports);
  const described = describeApi(resources, settings);
  const document = JSON.stringify(described);
  const reference = renderReference(described, settings);

  const api = new Hono<ApiEnv>();
  const retainedHeaders = [...RETAINED_304_HEADERS, ...corsHeaders];
  const tag = etag({ weak: true, retainedHeaders });
  api.use(answerHeaders(ports));
  api.use(async (c, next) => {
    c.set('links', links);
    return next();
  });
  api.use(crossOrigin);
  api.use(compress({ contentTypeFilter: /json|^text\// }));
  api.use(recogniseCaller(ports, createRateLimiter(ports.rateLimits, ports.clock)));
  // A hash of all lines would need all lines.
  api.use((c, next) => (wantsLines(c) ? next() : tag(c, next)));
  api.use(limitBody);
  api.use(
    methodNotAllowed({
      app: api,
      onMethodNotAllowed(c, allowed) {
        c.header('allow', allowed.join(', '));
        if (c.req.method === 'OPTIONS') return c.body(null, 204);
        return problem(c, 'method-not-allowed', `${c.req.method} is nothing that can be done here.`);
      },
    }),
  );

  api.get(`${apiPath}/openapi.json`, (c) => c.body(document, 200, { 'content-type': 'application/json' }));
  api.get(`${apiPath}/reference`, async (c) => c.html(await reference));
  for (const path of ['/api', apiPath]) api.get(path, (c) => c.redirect(`${apiPath}/reference`));
  api.route(apiPath, resources);
  api.notFound((c) =>
    problem(c, 'not-found', `Nothing is at ${c.req.path}. All addresses are listed at ${links.reference}.`),
  );
  api.onError((error, c) => {
    const reference = c.get('requestId');
    ports.log.error({ reference, path: c.req.path, error });
    return problem(c, 'went-wrong', 'The request could not be answered.', { reference });
  });
  return api;
}
