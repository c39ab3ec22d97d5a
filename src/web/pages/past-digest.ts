import { html } from 'hono/html';
import { dayGroups } from '../parts/day-groups.ts';
import { renderPage } from '../parts/layout.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { formatLongDay } from '../parts/time.ts';
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
    const title = `${countOf(digest.told.length, 'change')} on ${formatLongDay(Date.parse(date))}`;
    return renderPage(c, {
      title,
      isPrivate: true,
      main: html`<div class="cols narrow"><div>
<h1>${title}</h1>
<p class="lead">What the mail of that morning told, with everything as we know it now.</p>
${dayGroups(digest.told, [], account.timeZone)}
</div></div>`,
    });
  };
}
