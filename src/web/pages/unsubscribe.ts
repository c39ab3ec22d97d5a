import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import type { Subscription } from '../../alerts/subscription.ts';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { problemPage } from '../parts/problem-page.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'accounts' | 'subscriptions' | 'archive'>;
type Target = { account: Account; what: Subscription | 'all' | 'nothing' };

/** What an unsubscribe link would end, with the button that ends it. */
export function showUnsubscribe(ports: Ports): Action {
  return async (c) => {
    const target = await findTarget(ports, c);
    if (target === null) return unknownLink(c);
    const { account, what } = target;
    if (what === 'nothing' || (what === 'all' && account.paused)) return done(c, target);
    const title = what === 'all' ? 'Stop all mail?' : `Stop mail about ${what.title}?`;
    return renderPage(c, {
      title,
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>${title}</h1>
<p class="lead">${what === 'all' ? `Nothing more is mailed to ${account.address}. What you follow is kept, so that you can resume.` : `${account.address} gets everything else as before.`}</p>
<form method="post"><button class="btn">${what === 'all' ? 'Stop all mail' : 'Stop it'}</button></form></div></div>`,
    });
  };
}

/**
 * Ends it, without signing in and without a cookie, as often as it is sent: mail programs post here themselves
 * (RFC 8058, `List-Unsubscribe=One-Click`).
 */
export function unsubscribe(ports: Ports): Action {
  return async (c) => {
    const target = await findTarget(ports, c);
    if (target === null) return unknownLink(c);
    const { account, what } = target;
    if (what === 'all') await ports.accounts.pauseDigests(account.id);
    else if (what !== 'nothing') await ports.subscriptions.unfollow(account.id, what.id);
    return done(c, target);
  };
}

/** `/u/<secret>` names all, `/u/<secret>/<slug or number>` one subscription: a technology's slug or its own number. */
async function findTarget(ports: Ports, c: SiteContext): Promise<Target | null> {
  const account = await ports.accounts.findAccountToUnsubscribe(c.req.param('secret') ?? '');
  if (account === null) return null;
  const name = c.req.param('what');
  if (name === undefined) return { account, what: 'all' };
  const subscriptions = await ports.subscriptions.listSubscriptions(account.id);
  const byNumber = subscriptions.find((one) => String(one.id) === name);
  if (byNumber !== undefined) return { account, what: byNumber };
  const technology = (await ports.archive.listTechnologies()).find((one) => one.slug === name);
  const bySlug = subscriptions.find(
    ({ followed }) => followed.kind === 'technology' && followed.technologyId === technology?.id,
  );
  return { account, what: bySlug ?? 'nothing' };
}

function done(c: SiteContext, { account, what }: Target) {
  const title = what === 'all' ? 'All mail is stopped' : 'Stopped';
  const sentence =
    what === 'all'
      ? `Nothing more is mailed to ${account.address}.`
      : `${account.address} gets no mail about ${what === 'nothing' ? 'it' : what.title} any more.`;
  return renderPage(c, {
    title,
    isPrivate: true,
    main: html`<div class="cols narrow"><div><h1>${title}</h1><p class="lead">${sentence}</p>
<p>It was a mistake? <a href="${what === 'all' ? paths.accountSettings : paths.account}">${what === 'all' ? 'Resume in your settings' : 'Follow it again in your account'}</a></p></div></div>`,
  });
}

function unknownLink(c: SiteContext) {
  return problemPage(c, {
    status: 404,
    title: 'This link belongs to no account',
    happened: 'It may be cut off, or the account was deleted; then nothing is mailed any more.',
    kept: 'Nothing was changed.',
    next: html`If mail still comes, <a href="${paths.signIn}">sign in</a> and pause it there.`,
  });
}
