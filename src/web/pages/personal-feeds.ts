import { html } from 'hono/html';
import type { Subscription } from '../../alerts/subscription.ts';
import { paths } from '../links.ts';
import { feedLinks } from '../parts/feed-links.ts';
import type { Markup } from '../parts/markup.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

const said = (key: string) => `${paths.channels}?said=${key}`;

/** The account's own feeds: their addresses, and how to get others. */
export function personalFeedsSection(secret: string | null, subscriptions: readonly Subscription[]): Markup {
  const intro = html`<h2 id="feeds">Feeds of your own</h2>
<p>For a feed reader: what you follow, as it changes, in Atom and JSON. The addresses are secret and need no sign-in: whoever has one reads what you follow, and can do nothing else.</p>`;
  if (secret === null) {
    return html`${intro}<form method="post" action="${paths.channels}/feeds" class="actions"><button class="btn plain">Make my feeds</button></form>`;
  }
  const row = (title: string, id: Subscription['id'] | 'all') =>
    html`<tr><td>${title}</td><td>${feedLinks({ title, path: paths.personalFeed(secret, id) }, 'As')}</td></tr>`;
  return html`${intro}
<table class="table"><thead><tr><th>What</th><th>Address</th></tr></thead><tbody>
${row('All that you follow', 'all')}
${subscriptions.map((one) => row(one.title, one.id))}
</tbody></table>
<div class="actions"><form method="post" action="${paths.channels}/feeds"><button class="btn plain small">Make new addresses</button></form>
<form method="post" action="${paths.channels}/feeds/revoke"><button class="btn plain small">End these feeds</button></form>
<span class="quiet">Either way the addresses above stop working at once.</span></div>`;
}

export function renewPersonalFeeds({ feeds }: Pick<SitePorts, 'feeds'>): Action {
  return async (c) => {
    await feeds.renewSecret(readVisitor(c).account.id);
    return c.redirect(said('feeds-renewed'));
  };
}

export function revokePersonalFeeds({ feeds }: Pick<SitePorts, 'feeds'>): Action {
  return async (c) => {
    await feeds.revokeSecret(readVisitor(c).account.id);
    return c.redirect(said('feeds-ended'));
  };
}
