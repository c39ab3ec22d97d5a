import { createRoute, type RouteConfig, type RouteHandler, z } from '@hono/zod-openapi';
import type { ApiScope } from '../accounts/api-tokens/api-token.ts';
import { doOnce } from './access/do-once.ts';
import { requireScope } from './access/require-scope.ts';
import type { ApiApp, ApiEnv } from './api-app.ts';
import type { ApiPorts } from './api-ports.ts';
import { problems } from './problem.ts';
import { requireJson } from './serving/check-body.ts';

/** One thing that the API does: described for the document, validated, and done. */
export type Operation = { register(app: ApiApp, ports: ApiPorts): void };

type Described<Path extends string> = Omit<RouteConfig, 'path' | 'security' | 'middleware'> & {
  readonly path: Path;
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly [string];
  /** Who may do it: whoever comes, or a token with that scope. */
  readonly access: 'anybody' | ApiScope;
};

/** The name of the scheme in the document. */
export const tokenScheme = 'token';

/**
 * Binds an operation's description to what it does. What follows from who may do it, and what every operation may
 * answer, is added here.
 */
export function defineOperation<Path extends string, R extends Described<Path>>(
  described: R & { readonly path: Path },
  act: (ports: ApiPorts) => RouteHandler<R, ApiEnv>,
): Operation {
  const { access, ...route } = described;
  const isWriting = route.method !== 'get';
  const hasBody = route.request?.body !== undefined;
  const security = access === 'anybody' ? [{}, { [tokenScheme]: [] }] : [{ [tokenScheme]: [access] }];
  const responses = {
    ...problems('bad-request', 'bad-token', 'too-many-requests', 'went-wrong'),
    ...(access !== 'anybody' && problems('not-allowed')),
    ...(isWriting && problems('conflict', 'key-reused')),
    ...(hasBody && problems('too-large', 'not-json')),
    ...route.responses,
  };
  const request = isWriting ? { ...route.request, headers: onceHeaders } : route.request;
  return {
    register(app, ports) {
      const middleware = [
        ...(access === 'anybody' ? [] : [requireScope(access)]),
        ...(hasBody ? [requireJson] : []),
        ...(isWriting ? [doOnce(ports)] : []),
      ];
      const full = { ...route, request, security, responses, middleware } as RouteConfig; // of optional parts
      // What is added is answered by the middleware, so that the handler need not know of it.
      app.openapi(createRoute(full), act(ports) as never);
    },
  };
}

const onceHeaders = z.object({
  'idempotency-key': z.string().optional().openapi({
    description:
      'Any new key of up to 200 characters. Repeated with the same key within a day, the request is done once and answered the same.',
    example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  }),
});

/** An answer in JSON. */
export function json<Schema>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

/** An answer in JSON, or as text for those who accept nothing but that. */
export function jsonOrText<Schema>(
  description: string,
  schema: Schema,
  ...textTypes: readonly `text/${string}`[]
): ReturnType<typeof json<Schema>> {
  const texts = Object.fromEntries(textTypes.map((type) => [type, { schema: z.string() }]));
  return { description, content: { 'application/json': { schema }, ...texts } };
}
