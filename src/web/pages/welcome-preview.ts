import { html } from 'hono/html';
import { asId } from '../../knowledge/ids.ts';
import { previewAlerts } from '../alert-preview.ts';
import { paths } from '../links.ts';
import { dayGroups } from '../parts/day-groups.ts';
import { renderPage } from '../parts/layout.ts';
import { formatDay, formatMinute } from '../parts/time.ts';
import { countOf, listOf } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { signUpSteps } from './sign-up.ts';

const dayMs = 86_400_000;
const shownChanges = 60;

/** What the last 30 days would have sent: the last step of coming on board. */
export function showPreview(
  ports: Pick<SitePorts, 'archive' | 'subscriptions' | 'history' | 'findSearch' | 'clock'>,
): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const now = ports.clock.now();
    const subscriptions = await ports.subscriptions.listSubscriptions(account.id);
    const since = asId<typeof now>(now - 30 * dayMs);
    const { changes } = await previewAlerts(ports, { accountId: account.id, subscriptions, since });
    const unknown = c.req.queries('unknown') ?? [];
    const mornings = new Set(changes.map((change) => formatDay(change.recordedAt, account.timeZone))).size;
    const next =
      account.nextDigestAt === null
        ? 'Your mail begins once your address is proven.'
        : `If something changes, your next mail comes ${formatMinute(account.nextDigestAt, account.timeZone)} (${account.timeZone}).`;
    const main = html`<div class="cols narrow"><div>${signUpSteps(3)}
<h1>${subscriptions.length === 0 ? 'You follow nothing yet' : 'What the last 30 days would have sent'}</h1>
${unknown.length > 0 && html`<div class="note"><p><strong>Not known here: ${listOf(unknown)}.</strong> No article that we read is about ${unknown.length === 1 ? 'it' : 'them'}. <a href="${paths.welcome}">Look for another name</a></p></div>`}
${
  subscriptions.length === 0
    ? html`<p class="lead">Choose at least one technology, or save a search, and you are told when something changes.</p>`
    : html`<p class="lead">${changes.length === 0 ? 'Nothing: in 30 days no article of yours changed in a way that matters.' : `${countOf(changes.length, 'change')} in ${countOf(mornings, 'mail')}.`} ${next}</p>`
}
<div class="actions"><a class="btn" href="${paths.account}">${subscriptions.length === 0 ? 'To your account' : 'That is what I want'}</a><a class="btn plain" href="${paths.welcome}">Choose more</a></div>
${changes.length > 0 && dayGroups(changes.slice(0, shownChanges), [], account.timeZone)}
${changes.length > shownChanges && html`<p class="quiet">And ${countOf(changes.length - shownChanges, 'earlier change')}. Too many? In your account you can choose “new articles only” for each.</p>`}
</div></div>`;
    return renderPage(c, { title: 'What you will get', main, isPrivate: true });
  };
}
