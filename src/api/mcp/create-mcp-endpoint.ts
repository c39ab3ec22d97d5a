import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { Hono } from 'hono';
import { createRateLimiter } from '../access/limit-rate.ts';
import { recogniseCaller } from '../access/recognise-caller.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ApiEnv } from '../api-app.ts';
import type { ApiPorts } from '../api-ports.ts';
import { createApiLinks } from '../links.ts';
import { problem } from '../problem.ts';
import { answerHeaders } from '../serving/answer-headers.ts';
import { limitBody } from '../serving/check-body.ts';
import { createMcpServer } from './create-mcp-server.ts';

/**
 * The protocol over HTTP at `/mcp`, for tokens with the scope `read`. It keeps nothing between two requests, so that
 * any process can answer any of them; each is answered as JSON.
 */
export function createMcpEndpoint(ports: ApiPorts): Hono<ApiEnv> {
  const links = createApiLinks(ports.settings.publicUrl);
  const own = new URL(ports.settings.publicUrl).origin;
  const endpoint = new Hono<ApiEnv>();
  endpoint.use(answerHeaders(ports));
  endpoint.use(async (c, next) => {
    c.set('links', links);
    const origin = c.req.header('origin');
    // The protocol asks for this check, against pages that were rebound to this host's name.
    if (origin === undefined || origin === own) return next();
    return problem(c, 'not-allowed', 'The request comes from a page of another site. Nothing was done.');
  });
  endpoint.use(recogniseCaller(ports, createRateLimiter(ports.rateLimits, ports.clock)));
  endpoint.use(limitBody);
  endpoint.use(requireScope('read'));
  endpoint.post('/mcp', async (c) => {
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const server = createMcpServer(ports);
    await server.connect(transport);
    try {
      return await transport.handleRequest(c.req.raw);
    } finally {
      await server.close();
    }
  });
  endpoint.all('/mcp', (c) => {
    c.header('allow', 'POST');
    return problem(c, 'method-not-allowed', 'The protocol is spoken by POST; no stream is kept open.');
  });
  endpoint.notFound((c) => problem(c, 'not-found', `Nothing is at ${c.req.path}.`));
  endpoint.onError((error, c) => {
    const reference = c.get('requestId');
    ports.log.error({ reference, path: c.req.path, error });
    return problem(c, 'went-wrong', 'The request could not be answered.', { reference });
  });
  return endpoint;
}
