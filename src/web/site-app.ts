import type { Context, Hono } from 'hono';
import type { Account } from '../accounts/account.ts';
import type { HeldBackRole } from '../accounts/passkeys/hold-back-role.ts';
import type { Session } from '../accounts/session.ts';

/** Who is signed in. */
export type Visitor = {
  readonly account: Account;
  readonly session: Session;
  /** Proved who they are so recently that the person is present. */
  readonly isFresh: boolean;
  /** A role that asks for a passkey, in a session without one: the account is shown without it. */
  readonly heldBack: HeldBackRole | null;
};

/** What middleware leaves for the pages, and what the server hands in. */
export type SiteEnv = {
  Variables: {
    visitor: Visitor | null;
    requestId: string;
    /** The text of the page that is answered with; null: it is another answer. */
    page: string | null;
    /** The answer has the request's number and the headers of every answer already. */
    hasHeaders: boolean;
    clientNetwork: string;
  };
  Bindings: { incoming?: { socket?: { remoteAddress?: string | undefined } } };
};

/** What answers requests. `env` is what the server knows of the connection. */
export type Site = {
  fetch(request: Request, env?: SiteEnv['Bindings']): Response | Promise<Response>;
};

export type SiteApp = Hono<SiteEnv>;
export type SiteContext = Context<SiteEnv>;
/** One action of the site. */
export type Action = (c: SiteContext) => Response | Promise<Response>;
