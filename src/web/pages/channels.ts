import { html } from 'hono/html';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { renderPage } from '../parts/layout.ts';
import { saidNote } from '../parts/said-note.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { personalFeedsSection } from './personal-feeds.ts';

/** By which ways the account hears of changes. */
export function showChannels(ports: Pick<SitePorts, 'feeds' | 'subscriptions'>): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const [secret, subscriptions] = await Promise.all([
      ports.feeds.findSecret(account.id),
      ports.subscriptions.listSubscriptions(account.id),
    ]);
    const main = html`<div class="cols narrow"><div>
<h1>Channels</h1>
${accountTabs(paths.channels)}
${saidNote(c.req.query('said'))}
${personalFeedsSection(secret, subscriptions)}
</div></div>`;
    return renderPage(c, { title: 'Channels', main, isPrivate: true });
  };
}
