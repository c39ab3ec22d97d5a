import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Account } from '../accounts/account.ts';
import type { ApiToken } from '../accounts/api-tokens/api-token.ts';
import type { ApiLinks } from './links.ts';

/** Who makes a request: somebody of a network, or a program that acts for an account. */
export type Caller =
  | { readonly kind: 'anybody'; readonly network: string }
  | { readonly kind: 'token'; readonly token: ApiToken; readonly account: Account };

/** What middleware leaves for the operations, and what the server hands in. */
export type ApiEnv = {
  Variables: { links: ApiLinks; requestId: string; caller: Caller };
  Bindings: { incoming?: { socket?: { remoteAddress?: string | undefined } } };
};

export type ApiApp = OpenAPIHono<ApiEnv>;
export type ApiContext = Context<ApiEnv>;
