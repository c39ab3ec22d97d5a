import { html } from 'hono/html';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { signUpForm } from '../parts/sign-up-form.ts';
import { readForm } from '../read-form.ts';
import { answerNoSoonerThan } from '../security/answer-time.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'accounts' | 'settings'>;

export const showSignUp: Action = (c) => {
  if (c.get('visitor') !== null) return c.redirect(paths.welcome);
  return renderForm(c, { follow: c.req.query('follow') });
};

/** Mails what proves the address; the answer is the same for every address. */
export function signUp(ports: Ports, limitRate: RateLimiter): Action {
  return async (c) => {
    const limited = await limitRate(c, 'sign-up');
    if (limited !== null) return limited;
    const form = await readForm(c);
    const address = form.text('address');
    const follow = form.text('follow').slice(0, 600);
    const outcome = await answerNoSoonerThan(ports.settings.minimumAnswerMs, () =>
      ports.accounts.signUp({ address, timeZone: form.text('zone'), payload: follow }),
    );
    if (outcome.kind === 'bad-address') return renderForm(c, { address, fault: outcome.sentence, follow });
    return renderPage(c, {
      title: 'Look into your mailbox',
      isPrivate: true,
      main: html`<div class="cols narrow"><div>${signUpSteps(1)}
<h1>Look into your mailbox</h1>
<p class="lead">We sent a letter to <strong>${outcome.address}</strong>. Open the link in it, and you are in.</p>
<p>Nothing came after five minutes? Look into the spam folder, and check the spelling above: <a href="${paths.signUp}">another address</a> gets a letter at once, the same one tomorrow, since we ask nobody twice a day. The link works for three days.</p>
</div></div>`,
    });
  };
}

function renderForm(
  c: SiteContext,
  given: { address?: string; fault?: string; follow?: string | undefined },
) {
  const follow = given.follow === undefined || given.follow === '' ? {} : { follow: given.follow };
  return renderPage(
    c,
    {
      title: 'Get the alerts',
      isPrivate: true,
      main: html`<div class="cols narrow"><div>${signUpSteps(0)}
<h1>Get the alerts</h1>
<p class="lead">One e-mail on the mornings after something about your technologies changed. None on quiet days.</p>
${signUpForm({
  button: 'Send me the link',
  ...(given.address !== undefined && { address: given.address }),
  ...(given.fault !== undefined && { fault: given.fault }),
  ...follow,
})}
<p class="quiet">You have an account already? <a href="${paths.signIn}">Sign in</a></p>
</div></div>`,
    },
    given.fault === undefined ? 200 : 400,
  );
}

const steps = ['Your address', 'Prove it', 'Choose technologies', 'See what you get'];

/** Where a newcomer is on the way to the first digest. */
export function signUpSteps(current: number) {
  return html`<ol class="steps" aria-label="Steps">${steps.map((text, n) => html`<li${n === current && html` aria-current="step"`}>${text}</li>`)}</ol>`;
}
