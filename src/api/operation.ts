import { createRoute, type RouteConfig, type RouteHandler, z } from '@hono/zod-openapi';
import type { ApiApp, ApiEnv } from './api-app.ts';
import type { ApiPorts } from './api-ports.ts';
import { problems } from './problem.ts';

/** One thing that the API does: described for the document, validated, and done. */
export type Operation = { register(app: ApiApp, ports: ApiPorts): void };

type Described<Path extends string> = Omit<RouteConfig, 'path'> & {
  readonly path: Path;
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly [string];
};

/**
 * Binds an operation's description to what it does. What every operation may answer, and what follows from who may
 * do it, is added here.
 */
export function defineOperation<Path extends string, R extends Described<Path>>(
  described: R & { readonly path: Path },
  act: (ports: ApiPorts) => RouteHandler<R, ApiEnv>,
): Operation {
  const route = createRoute(described);
  const responses = { ...problems('bad-request', 'too-many-requests', 'went-wrong'), ...route.responses };
  return {
    register(app, ports) {
      // The responses that are added come from middleware, so that the handler need not know them.
      app.openapi({ ...route, responses } as typeof route, act(ports) as never);
    },
  };
}

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
