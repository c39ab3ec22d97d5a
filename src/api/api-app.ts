import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiLinks } from './links.ts';

/** What middleware leaves for the operations, and what the server hands in. */
export type ApiEnv = {
  Variables: { links: ApiLinks };
  Bindings: { incoming?: { socket?: { remoteAddress?: string | undefined } } };
};

export type ApiApp = OpenAPIHono<ApiEnv>;
export type ApiContext = Context<ApiEnv>;
