import { html } from 'hono/html';
import { paths } from '../links.ts';
import { readNextPath } from '../next-path.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import { providerForm } from '../parts/provider-form.ts';
import { readForm } from '../read-form.ts';
import { answerNoSoonerThan } from '../security/answer-time.ts';
import { findClientNetwork } from '../security/client-network.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'accounts' | 'settings' | 'passkeys' | 'provider'>;

export function showSignIn(ports: Pick<Ports, 'passkeys' | 'provider'>): Action {
  return (c) => {
    const next = readNextPath(c.req.query('next'));
    return c.get('visitor') === null || c.req.query('again') !== undefined
      ? renderSignIn(ports, c, { address: c.get('visitor')?.account.address ?? '', next })
      : c.redirect(next ?? paths.account);
  };
}

/** By password where one was typed, else by mailed link; the answers tell nobody who has an account. */
export function signIn(ports: Ports, cookie: SessionCookie, limitRate: RateLimiter): Action {
  return async (c) => {
    const limited = await limitRate(c, 'sign-in');
    if (limited !== null) return limited;
    const form = await readForm(c);
    const address = form.text('address');
    const password = form.exact('password');
    const next = readNextPath(form.text('next'));
    const { minimumAnswerMs } = ports.settings;
    if (password === '' || form.has('by-link')) {
      const outcome = await answerNoSoonerThan(minimumAnswerMs, () =>
        ports.accounts.requestSignInLink({
          address,
          payload: next ?? '',
          network: findClientNetwork(c),
        }),
      );
      if (outcome.kind === 'bad-address')
        return renderSignIn(ports, c, { address, next, fault: outcome.sentence });
      return showMailed(c, outcome.address);
    }
    const outcome = await answerNoSoonerThan(minimumAnswerMs, () =>
      ports.accounts.signInWithPassword({ address, password }),
    );
    switch (outcome.kind) {
      case 'bad-address':
        return renderSignIn(ports, c, { address, next, fault: outcome.sentence });
      case 'refused':
        return renderSignIn(ports, c, {
          address,
          next,
          problem:
            'Address and password do not go together. Nothing was changed. Try again, or take the mailed link: it works without a password.',
        });
      case 'limited':
        return renderSignIn(ports, c, {
          address,
          next,
          problem: `Too many tries with this address. Passwords are taken again in ${Math.ceil(outcome.retryAfterMs / 60_000)} minutes; the mailed link works now.`,
        });
      case 'signed-in':
        await cookie.signIn(c, outcome.account.id, 'password');
        return c.redirect(next ?? paths.account);
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

/** The form of all ways to sign in. To somebody who is signed in it asks for a proof that they are present. */
export function renderSignIn(
  ports: Pick<Ports, 'passkeys' | 'provider'>,
  c: SiteContext,
  given: { address?: string; next: string | null; fault?: string; problem?: string },
) {
  const { address = '', next, fault, problem } = given;
  const visitor = c.get('visitor');
  const isAgain = visitor !== null;
  const lead = visitor?.heldBack?.hasPasskey
    ? 'What comes next asks for your passkey, since your role does: use it below. Nothing was changed yet.'
    : 'You signed in a while ago. What comes next could lock you out or cannot be undone, so sign in once more. Nothing was changed yet.';
  const title = isAgain ? 'Is it you?' : 'Sign in';
  const carried = next !== null && html`<input type="hidden" name="next" value="${next}">`;
  return renderPage(
    c,
    {
      title,
      isPrivate: true,
      usesPasskeys: ports.passkeys !== null,
      main: html`<div class="cols narrow"><div><h1>${title}</h1>
${isAgain && html`<p class="lead">${lead}</p>`}
${problem && html`<div class="note bad" role="alert"><p>${problem}</p></div>`}
<form method="post" action="${paths.signIn}" class="lead">${carried}
${field({ label: 'E-mail', name: 'address', type: 'email', value: address, autocomplete: 'username', isRequired: true, ...(fault !== undefined && { fault }) })}
${field({ label: 'Password', name: 'password', type: 'password', autocomplete: 'current-password', hint: 'Leave it empty to get a link by mail.' })}
<div class="actions"><button class="btn">Sign in</button><button class="btn plain" name="by-link" value="1">Mail me a link</button></div>
</form>
${providerForm(ports.provider, carried)}
${
  ports.passkeys !== null &&
  html`<form method="post" action="${paths.signInWithPasskey}" data-passkey="get" data-options="${paths.signInWithPasskey}/options" hidden>${carried}
<input type="hidden" name="credential"><div class="actions"><button class="btn plain">Use a passkey</button></div><p class="fault" role="status"></p></form>`
}
${!isAgain && html`<p class="quiet">No account yet? <a href="${paths.signUp}">Get the alerts</a></p>`}</div></div>`,
    },
    fault === undefined && problem === undefined ? 200 : 400,
  );
}
