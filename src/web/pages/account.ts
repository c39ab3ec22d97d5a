import { html } from 'hono/html';
import { listTimeZones } from '../../accounts/time-zone.ts';
import type { Subscription, Threshold } from '../../alerts/subscription.ts';
import { paths } from '../links.ts';
import { choice } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { minuteTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

export const thresholdNames: Readonly<Record<Threshold, string>> = {
  new: 'new articles only',
  material: 'what matters',
  minor: 'minor edits, too',
  invisible: 'every edit',
};

/** What the account follows, when its mail comes, and everything else that is its own. */
export function showAccount(ports: Pick<SitePorts, 'subscriptions'>): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const subscriptions = await ports.subscriptions.listSubscriptions(account.id);
    const main = html`<div class="cols"><div>
<h1>Your alerts</h1>
${saidNote(c.req.query('said'))}
${account.confirmedAt === null && html`<div class="note"><p><strong>One thing is left: prove your address.</strong> We sent a letter to ${account.address}. Nothing else is mailed before you opened its link.</p></div>`}
<h2>You follow</h2>
${subscriptions.length === 0 ? html`<p>Nothing yet. <a href="${paths.welcome}">Choose technologies</a>, and you are told the morning after something about them changed.</p>` : subscriptionsTable(subscriptions)}
<p><a class="btn plain" href="${paths.welcome}">Add technologies</a></p>
</div>
<aside class="rail">
<section><h2>Your mail</h2>
<p>${account.paused ? 'Paused: nothing is sent.' : account.nextDigestAt === null ? 'Begins when your address is proven.' : html`If anything changes, next ${minuteTag(account.nextDigestAt, account.timeZone)}.`}</p>
<form method="post" action="/account/digest-time">
${choice({ label: 'At', name: 'hour', value: String(account.digestHour), options: hours })}
${choice({ label: 'Time zone', name: 'zone', value: account.timeZone, options: listTimeZones().map((zone) => ({ value: zone, text: zone })) })}
<button class="btn plain small">Save</button></form>
<form method="post" action="${account.paused ? '/account/resume' : '/account/pause'}" class="actions"><button class="link">${account.paused ? 'Resume' : 'Pause all mail'}</button></form>
</section>
<section><h2>${account.address}</h2>
<form method="post" action="${paths.signOut}"><button class="link">Sign out</button></form></section>
</aside></div>`;
    return renderPage(c, { title: 'Your alerts', main, isPrivate: true });
  };
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  text: `${String(hour).padStart(2, '0')}:00`,
}));

function subscriptionsTable(subscriptions: readonly Subscription[]): Markup {
  return html`<table class="table"><thead><tr><th>What</th><th>From</th><th></th></tr></thead><tbody>
${subscriptions.map(
  (one) => html`<tr><td>${one.title}</td><td data-label="From">${thresholdNames[one.threshold]}</td>
<td><form method="post" action="${paths.subscription(one.id)}/unfollow"><button class="link" aria-label="Stop following ${one.title}">Stop</button></form></td></tr>`,
)}
</tbody></table>`;
}
