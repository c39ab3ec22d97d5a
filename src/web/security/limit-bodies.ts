import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problemPage } from '../parts/problem-page.ts';
import type { SiteContext, SiteEnv } from '../site-app.ts';

/** The largest form is a list of subscriptions; a hundred kilobytes hold thousands. */
const maxBytes = 2_000_000;

/** Refuses bodies beyond what any form of the site has, before they are read. */
export const limitBodies: MiddlewareHandler<SiteEnv> = bodyLimit({
  maxSize: maxBytes,
  onError: (c) =>
    problemPage(c as SiteContext, {
      status: 413,
      title: 'That is too much at once',
      happened: `We take at most ${maxBytes / 1_000_000} MB in one form.`,
      kept: 'Nothing was changed.',
      next: 'Send it in smaller parts.',
    }),
});
