import { html } from 'hono/html';
import { paths } from '../links.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import { readForm } from '../read-form.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { expiredLink } from './prove-address.ts';

type Ports = Pick<SitePorts, 'accounts'>;

/** The page behind the link that the first start prints. */
export function showFirstAdministrator(ports: Ports): Action {
  return async (c) => {
    const secret = c.req.param('token') ?? '';
    if (!(await ports.accounts.isLinkLive({ secret, purpose: 'first-administrator' }))) return expiredLink(c);
    return renderForm(c, {});
  };
}

export function makeFirstAdministrator(ports: Ports, cookie: SessionCookie): Action {
  return async (c) => {
    const form = await readForm(c);
    const address = form.text('address');
    const outcome = await ports.accounts.makeFirstAdministrator({
      secret: c.req.param('token') ?? '',
      address,
      timeZone: form.text('zone'),
    });
    if (outcome.kind === 'bad-address') return renderForm(c, { address, fault: outcome.sentence });
    if (outcome.kind === 'link-expired') return expiredLink(c);
    await cookie.signIn(c, outcome.account.id);
    return c.redirect(paths.welcome);
  };
}

function renderForm(c: SiteContext, { address = '', fault }: { address?: string; fault?: string }) {
  return renderPage(
    c,
    {
      title: 'The first administrator',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>Welcome to your kbalertz</h1>
<p class="lead">You started it, so you run it. With which address?</p>
<form method="post">
${field({ label: 'E-mail', name: 'address', type: 'email', value: address, autocomplete: 'email', isRequired: true, ...(fault !== undefined && { fault }) })}
<input type="hidden" name="zone" data-zone>
<button class="btn">Make me administrator</button></form>
<p class="quiet">The link in your terminal works once. From then on you sign in by mailed link, or with a password that you set in your account.</p></div></div>`,
    },
    fault === undefined ? 200 : 400,
  );
}
