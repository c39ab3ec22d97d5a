import { html } from 'hono/html';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { readForm } from '../read-form.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { expiredLink } from './prove-address.ts';
import { refuseSetting as refuse } from './refuse-setting.ts';

type Ports = Pick<SitePorts, 'accounts'>;
const said = (key: string) => `${paths.accountSettings}?said=${key}`;

const saidOfSignIn = (key: string) => `${paths.signingIn}?said=${key}`;

export function setDigestTime(ports: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    const outcome = await ports.accounts.setDigestTime(readVisitor(c).account, {
      timeZone: form.text('zone'),
      digestHour: Number(form.text('hour') || Number.NaN),
    });
    return outcome.kind === 'set' ? c.redirect(said('saved')) : refuse(c, outcome.sentence);
  };
}

export function pause(ports: Ports): Action {
  return async (c) => {
    await ports.accounts.pauseDigests(readVisitor(c).account.id);
    return c.redirect(said('paused'));
  };
}

export function resume(ports: Ports): Action {
  return async (c) => {
    await ports.accounts.resumeDigests(readVisitor(c).account);
    return c.redirect(said('resumed'));
  };
}

/** The digest of today without waiting for its hour. */
export function sendDigestNow(ports: Ports): Action {
  return async (c) => {
    await ports.accounts.bringDigestForward(readVisitor(c).account.id);
    return c.redirect(`${paths.account}?said=digest-coming`);
  };
}

export function setPassword(ports: Ports): Action {
  return async (c) => {
    const { account, session } = readVisitor(c);
    const form = await readForm(c);
    const password = form.has('remove') ? null : form.exact('password');
    const endsApiTokens = form.has('tokens');
    const outcome = await ports.accounts.setPassword(account, { password, session, endsApiTokens });
    if (outcome.kind === 'refused') return refuse(c, outcome.sentence, paths.signingIn);
    const done = password === null ? 'password-removed' : 'password-set';
    return c.redirect(saidOfSignIn(endsApiTokens ? done : `${done}-only`));
  };
}

export function signOutOthers(ports: Ports): Action {
  return async (c) => {
    const { account, session } = readVisitor(c);
    const endsApiTokens = (await readForm(c)).has('tokens');
    await ports.accounts.signOutEverywhere(account.id, { keep: session, endsApiTokens });
    return c.redirect(saidOfSignIn(endsApiTokens ? 'signed-out-all' : 'signed-out-others'));
  };
}

/** Signs one other browser out. */
export function endSession(ports: Ports): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const ended = await ports.accounts.endSessionOf(account.id, (await readForm(c)).text('session'));
    return c.redirect(saidOfSignIn(ended ? 'signed-out-one' : 'session-gone'));
  };
}

export function requestAddressChange(ports: Ports): Action {
  return async (c) => {
    const address = (await readForm(c)).text('address');
    const outcome = await ports.accounts.requestAddressChange(readVisitor(c).account, { address });
    return outcome.kind === 'mailed' ? c.redirect(said('address-mailed')) : refuse(c, outcome.sentence);
  };
}

/** The page behind the link that went to the new address; its button changes the address. */
export function showAddressChange(ports: Ports): Action {
  return async (c) => {
    const secret = c.req.param('token') ?? '';
    if (!(await ports.accounts.isLinkLive({ secret, purpose: 'change-address' }))) return expiredLink(c);
    return renderPage(c, {
      title: 'Your new address',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>Your new address</h1><p class="lead">From now on your mail goes to the address that this link was sent to.</p><form method="post"><button class="btn">Use this address</button></form></div></div>`,
    });
  };
}

export function changeAddress(ports: Ports): Action {
  return async (c) => {
    const outcome = await ports.accounts.changeAddress(c.req.param('token') ?? '');
    if (outcome.kind === 'link-expired') return expiredLink(c);
    if (outcome.kind === 'taken') {
      return refuse(
        c,
        'Another account has this address by now. Delete that one first, or choose another address.',
      );
    }
    return renderPage(c, {
      title: 'Your address is changed',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>Your address is changed</h1><p class="lead">Your mail goes to <strong>${outcome.account.address}</strong> now.</p><p><a class="btn" href="${paths.account}">To your alerts</a></p></div></div>`,
    });
  };
}

export function exportAccount(ports: Ports): Action {
  return async (c) => {
    const json = await ports.accounts.exportAccount(readVisitor(c).account.id);
    return c.body(json ?? '{}\n', 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="kbalertz-account.json"',
    });
  };
}

export function deleteAccount(ports: Ports, cookie: SessionCookie): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const typed = (await readForm(c)).text('address');
    if (typed.toLowerCase() !== account.address.toLowerCase()) {
      return refuse(c, 'To delete the account, its address must be typed, and this was another one.');
    }
    const outcome = await ports.accounts.deleteAccount(account);
    if (outcome.kind === 'last-administrator') {
      return refuse(c, 'You are the only administrator. Give another account that role first.');
    }
    await cookie.signOut(c);
    c.set('visitor', null);
    return renderPage(c, {
      title: 'Your account is deleted',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>Your account is deleted</h1><p class="lead">We know nothing of you any more, and send nothing.</p><p><a href="/">To the front page</a></p></div></div>`,
    });
  };
}
