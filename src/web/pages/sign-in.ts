import { html } from 'hono/html';
import { paths } from '../links.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import { readForm } from '../read-form.ts';
import { answerNoSoonerThan } from '../security/answer-time.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'accounts' | 'settings'>;

export const showSignIn: Action = (c) =>
  c.get('visitor') === null || c.req.query('again') !== undefined
    ? renderForm(c, { address: c.get('visitor')?.account.address ?? '' })
    : c.redirect(paths.account);

/** By password where one was typed, else by mailed link; the answers tell nobody who has an account. */
export function signIn(ports: Ports, cookie: SessionCookie, limitRate: RateLimiter): Action {
  return async (c) => {
    const limited = await limitRate(c, 'sign-in');
    if (limited !== null) return limited;
    const form = await readForm(c);
    const address = form.text('address');
    const password = form.exact('password');
    const { minimumAnswerMs } = ports.settings;
    if (password === '' || form.has('by-link')) {
      const outcome = await answerNoSoonerThan(minimumAnswerMs, () =>
        ports.accounts.requestSignInLink({ address }),
      );
      if (outcome.kind === 'bad-address') return renderForm(c, { address, fault: outcome.sentence });
      return showMailed(c, outcome.address);
    }
    const outcome = await answerNoSoonerThan(minimumAnswerMs, () =>
      ports.accounts.signInWithPassword({ address, password }),
    );
    switch (outcome.kind) {
      case 'bad-address':
        return renderForm(c, { address, fault: outcome.sentence });
      case 'refused':
        return renderForm(c, {
          address,
          problem:
            'Address and password do not go together. Nothing was changed. Try again, or take the mailed link: it works without a password.',
        });
      case 'limited':
        return renderForm(c, {
          address,
          problem: `Too many tries with this address. Passwords are taken again in ${Math.ceil(outcome.retryAfterMs / 60_000)} minutes; the mailed link works now.`,
        });
      case 'signed-in':
        await cookie.signIn(c, outcome.account.id);
        return c.redirect(paths.account);
    }
  };
}

export function signOut(cookie: SessionCookie): Action {
  return async (c) => {
    await cookie.signOut(c);
    return c.redirect(paths.home);
  };
}

function showMailed(c: SiteContext, address: string) {
  return renderPage(c, {
    title: 'Look into your mailbox',
    isPrivate: true,
    main: html`<div class="cols narrow"><div><h1>Look into your mailbox</h1>
<p class="lead">If <strong>${address}</strong> has an account, a letter with a link is on its way there. It works for an hour.</p>
<p>Nothing came after five minutes? Look into the spam folder, or <a href="${paths.signUp}">sign up</a> with this address.</p></div></div>`,
  });
}

function renderForm(c: SiteContext, given: { address?: string; fault?: string; problem?: string }) {
  const { address = '', fault, problem } = given;
  return renderPage(
    c,
    {
      title: 'Sign in',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>Sign in</h1>
${problem && html`<div class="note bad" role="alert"><p>${problem}</p></div>`}
<form method="post" action="${paths.signIn}" class="lead">
${field({ label: 'E-mail', name: 'address', type: 'email', value: address, autocomplete: 'username', isRequired: true, ...(fault !== undefined && { fault }) })}
${field({ label: 'Password', name: 'password', type: 'password', autocomplete: 'current-password', hint: 'Leave it empty to get a link by mail.' })}
<div class="actions"><button class="btn">Sign in</button><button class="btn plain" name="by-link" value="1">Mail me a link</button></div>
</form>
<p class="quiet">No account yet? <a href="${paths.signUp}">Get the alerts</a></p></div></div>`,
    },
    fault === undefined && problem === undefined ? 200 : 400,
  );
}
