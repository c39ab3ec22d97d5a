import { html } from 'hono/html';
import { paths } from '../links.ts';
import { readNextPath } from '../next-path.ts';
import { renderPage } from '../parts/layout.ts';
import { problemPage } from '../parts/problem-page.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { followNamed } from './follow.ts';

type Purpose = 'confirm' | 'sign-in';

const wording = {
  confirm: { title: 'Confirm your address', button: 'Confirm and go on' },
  'sign-in': { title: 'Sign in', button: 'Sign in' },
} as const;

/** The page behind a mailed link. Only its button uses the link up: mail scanners open links, too. */
export function showProof(ports: Pick<SitePorts, 'accounts'>, purpose: Purpose): Action {
  return async (c) => {
    const secret = c.req.param('token') ?? '';
    if (!(await ports.accounts.isLinkLive({ secret, purpose }))) return expiredLink(c);
    const { title, button } = wording[purpose];
    return renderPage(c, {
      title,
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>${title}</h1>
<p class="lead">One more click, so that no program that only looks at your mail does it for you.</p>
<form method="post"><button class="btn">${button}</button></form></div></div>`,
    });
  };
}

/** Uses the link: the address is proven, the browser signed in, and what was to be followed is followed. */
export function prove(
  ports: Pick<SitePorts, 'accounts' | 'subscriptions' | 'provider' | 'clock'>,
  cookie: SessionCookie,
  purpose: Purpose,
): Action {
  return async (c) => {
    const outcome = await ports.accounts.proveAddress({ secret: c.req.param('token') ?? '', purpose });
    if (outcome.kind === 'link-expired') return expiredLink(c);
    await cookie.signIn(c, outcome.account.id);
    if (await ports.provider?.bindByLink(outcome.account, outcome.payload)) {
      return c.redirect(`${paths.signingIn}?said=provider-added`);
    }
    const next = readNextPath(outcome.payload);
    if (next !== null) return c.redirect(next);
    if (outcome.payload !== '') await followNamed(ports, outcome.account.id, outcome.payload);
    return c.redirect(outcome.first || outcome.payload !== '' ? paths.welcome : paths.account);
  };
}

export function expiredLink(c: SiteContext) {
  return problemPage(c, {
    status: 410,
    title: 'This link does not work any more',
    happened:
      'Links in our letters work once and for a limited time; this one was used, has run out, or a newer one took its place.',
    kept: 'Your account is as it was.',
    next: html`<a class="btn" href="${paths.signIn}">Send me a new one</a>`,
  });
}
