import type { Passkeys } from '../../accounts/passkeys/create-passkeys.ts';
import { paths } from '../links.ts';
import { readNextPath } from '../next-path.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { readForm } from '../read-form.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { refuseSetting } from './refuse-setting.ts';
import { renderSignIn } from './sign-in.ts';

type Ports = Pick<SitePorts, 'passkeys' | 'provider'>;
const said = (key: string) => `${paths.signingIn}?said=${key}`;

/** What the browser is asked for a new passkey. */
export function offerNewPasskey(ports: Ports): Action {
  return withPasskeys(ports, async (c, passkeys) =>
    c.json(await passkeys.askForNewPasskey(readVisitor(c).account)),
  );
}

export function addPasskey(ports: Ports): Action {
  return withPasskeys(ports, async (c, passkeys) => {
    const form = await readForm(c);
    const outcome = await passkeys.addPasskey(readVisitor(c).account, {
      response: readJson(form.exact('credential')),
      name: form.text('name'),
    });
    return outcome.kind === 'added'
      ? c.redirect(said('passkey-added'))
      : refuseSetting(c, outcome.sentence, paths.signingIn);
  });
}

export function removePasskey(ports: Ports): Action {
  return withPasskeys(ports, async (c, passkeys) => {
    const id = (await readForm(c)).text('passkey');
    const outcome = await passkeys.removePasskey(readVisitor(c).account, id);
    return c.redirect(said(outcome.kind === 'removed' ? 'passkey-removed' : 'passkey-gone'));
  });
}

/** What the browser is asked to sign in: the same for everybody. */
export function offerPasskey(ports: Ports, limitRate: RateLimiter): Action {
  return withPasskeys(
    ports,
    async (c, passkeys) => (await limitRate(c, 'sign-in')) ?? c.json(await passkeys.askForPasskey()),
  );
}

export function signInWithPasskey(ports: Ports, cookie: SessionCookie, limitRate: RateLimiter): Action {
  return withPasskeys(ports, async (c, passkeys) => {
    const limited = await limitRate(c, 'sign-in');
    if (limited !== null) return limited;
    const form = await readForm(c);
    const next = readNextPath(form.text('next'));
    const outcome = await passkeys.signInWithPasskey({ response: readJson(form.exact('credential')) });
    if (outcome.kind === 'refused') {
      return renderSignIn(ports, c, {
        next,
        problem:
          'This passkey was not accepted: it may have been removed from the account, or the answer came too late. Nothing was changed. Try again, or take the mailed link: it always works.',
      });
    }
    await cookie.signIn(c, outcome.account.id, 'passkey');
    return c.redirect(next ?? paths.account);
  });
}

function withPasskeys(ports: Ports, act: (c: SiteContext, passkeys: Passkeys) => Promise<Response>): Action {
  return (c) => (ports.passkeys === null ? notFoundPage(c) : act(c, ports.passkeys));
}

/** What the script put into the form; anything else is no answer. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text.slice(0, 100_000));
  } catch {
    return null; // not JSON: the ceremony refuses it as it refuses any bad answer
  }
}
