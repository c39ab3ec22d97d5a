import { html } from 'hono/html';
import { dayGroups } from '../parts/day-groups.ts';
import { renderPage } from '../parts/layout.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { formatLongDay } from '../parts/time.ts';
import { toldFeedbackList } from '../parts/told-feedback-list.ts';
import { countOf } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** A past digest as a page: for its owner, or for who has the link of the mail (`secret`). */
export function showPastDigest(ports: Pick<SitePorts, 'history' | 'accounts'>): Action {
  return async (c) => {
    const secret = c.req.param('secret');
    const account =
      secret === undefined
        ? (c.get('visitor')?.account ?? null)
        : await ports.accounts.findAccountToUnsubscribe(secret);
    const date = c.req.param('date') ?? '';
    const digest = account === null ? null : await ports.history.findDigest(account.id, date);
    if (account === null || digest === null) return notFoundPage(c, 'digest');
    const readers =
      digest.feedback.length > 0 ? `feedback from ${countOf(digest.feedback.length, 'reader')}` : '';
    const changes = digest.told.length > 0 || readers === '' ? countOf(digest.told.length, 'change') : '';
    const what = [changes, readers].filter((part) => part !== '').join(' and ');
    const title = `${what.charAt(0).toUpperCase()}${what.slice(1)} on ${formatLongDay(Date.parse(date))}`;
    return renderPage(c, {
      title,
      isPrivate: true,
      main: html`<div class="cols narrow"><div>
<h1>${title}</h1>
<p class="lead">What the mail of that morning told, with everything as we know it now.</p>
${dayGroups(digest.told, [], account.timeZone)}
${digest.feedback.length > 0 && html`<h2>What readers said</h2>${toldFeedbackList(digest.feedback)}`}
</div></div>`,
    });
  };
}
