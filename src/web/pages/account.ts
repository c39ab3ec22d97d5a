import { html } from 'hono/html';
import type { MatchedChange, PastDigest } from '../../alerts/alert-history.ts';
import { type Subscription, type Threshold, thresholds } from '../../alerts/subscription.ts';
import { asId, type SubscriptionId } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { previewAlerts } from '../alert-preview.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { changeEntry } from '../parts/change-entry.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { formatLongDay, minuteTag } from '../parts/time.ts';
import { toldFeedbackList } from '../parts/told-feedback-list.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { suppressedNote } from './suppressed-address.ts';

const dayMs = 86_400_000;
const shownUntold = 8;
const shownDigests = 14;

const thresholdNames: Readonly<Record<Threshold, string>> = {
  new: 'new articles only',
  material: 'what matters',
  minor: 'minor edits, too',
  invisible: 'every edit',
};

type Ports = Pick<
  SitePorts,
  'accounts' | 'archive' | 'subscriptions' | 'history' | 'findSearch' | 'clock' | 'outbox' | 'settings'
>;

/** What the account follows, what comes next, and what came. */
export function showAccount(ports: Ports): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const since = asId<ReturnType<typeof ports.clock.now>>(ports.clock.now() - 30 * dayMs);
    const subscriptions = await ports.subscriptions.listSubscriptions(account.id);
    const [{ hits }, untold, feedback, digests, technologies, suppressed] = await Promise.all([
      previewAlerts(ports, { accountId: account.id, subscriptions, since }),
      ports.history.listUntold(account.id, shownUntold + 1),
      ports.history.listUntoldFeedback(account.id, shownUntold + 1),
      ports.history.listDigests(account.id, shownDigests),
      ports.archive.listTechnologies(),
      ports.accounts.findSuppressedAddress(account),
    ]);
    const next = suppressed
      ? html`Nothing is mailed to your address, see above. What changes is kept on the site.`
      : account.paused
        ? html`Your mail is paused. What changes meanwhile is told when you resume.`
        : account.nextDigestAt === null
          ? html`Your mail begins once your address is proven.`
          : html`The next mail can come ${minuteTag(account.nextDigestAt, account.timeZone)}, if there is something to tell by then.`;
    const main = html`<div class="cols"><div>
<h1>Your alerts</h1>
${accountTabs(paths.account)}
${saidNote(c.req.query('said'))}
${suppressed && suppressedNote(account, suppressed)}
${account.confirmedAt === null && suppressed === null && proveNote(account.address, ports.outbox !== null)}
<h2>You follow</h2>
${subscriptions.length === 0 ? html`<p>Nothing yet. Choose technologies, save a search, or follow an article, and you are told the morning after something changed.</p>` : subscriptionsTable(subscriptions, hits, technologies)}
<div class="actions"><a class="btn${subscriptions.length > 0 && ' plain'}" href="${paths.welcome}">${subscriptions.length === 0 ? 'Choose technologies' : 'Add technologies'}</a></div>
<h2>In your next mail</h2>
<p>${next}</p>
${untoldList(untold)}
${feedback.length > 0 && html`<h3>What readers said</h3>${toldFeedbackList(feedback.slice(0, shownUntold))}${feedback.length > shownUntold && html`<p class="quiet">And more.</p>`}`}
${untold.length + feedback.length > 0 && !account.paused && account.confirmedAt !== null && html`<form method="post" action="/account/digest-now" class="actions"><button class="btn plain small">Send me today’s digest now</button></form>`}
</div>
<aside class="rail">
<section><h2>Past mails</h2>${pastDigests(digests)}</section>
<section><h2>Move your list</h2>
<p><a href="/account/subscriptions.csv">Download as CSV</a></p>
<form method="post" action="/account/subscriptions.csv" enctype="multipart/form-data"><label class="field"><span>Add from a CSV file</span><input type="file" name="file" accept=".csv,text/csv" required></label><button class="btn plain small">Add</button></form></section>
</aside></div>`;
    return renderPage(c, { title: 'Your alerts', main, isPrivate: true });
  };
}

function proveNote(address: string, hasOutbox: boolean): Markup {
  return html`<div class="note"><p><strong>One thing is left: prove your address.</strong> A letter to ${address} has the link. Nothing else is mailed before you opened it.${hasOutbox && html` No SMTP server is set up, so the letter is in the <a href="${paths.outbox}">outbox</a>.`}</p></div>`;
}

function subscriptionsTable(
  subscriptions: readonly Subscription[],
  hits: ReadonlyMap<SubscriptionId, number>,
  technologies: readonly Technology[],
): Markup {
  const slugs = new Map(technologies.map((technology) => [technology.id, technology.slug]));
  return html`<table class="table controls"><thead><tr><th>What</th><th>Tell me</th><th class="num">In 30 days</th><th><span class="hidden">Stop</span></th></tr></thead><tbody>
${subscriptions.map((one) => {
  const count = hits.get(one.id) ?? 0;
  return html`<tr><td>${followedLink(one, slugs)}${one.followed.kind === 'article' && feedbackChoice(one)}</td>
<td><form method="post" action="${paths.subscription(one.id)}/threshold" class="row tight"><select name="threshold" data-submits aria-label="From what on ${one.title} tells you">${thresholds.map((threshold) => html`<option value="${threshold}"${threshold === one.threshold && html` selected`}>${thresholdNames[threshold]}</option>`)}</select><noscript><button class="btn plain small">Save</button></noscript></form></td>
<td class="num" data-label="Changes in 30 days">${formatNumber(count)}</td>
<td><form method="post" action="${paths.subscription(one.id)}/unfollow"><button class="link" aria-label="Stop following ${one.title}">Stop</button></form></td></tr>`;
})}
</tbody></table>`;
}

/** A button that says what is so and what it does: it needs no script, unlike a box that sends itself. */
function feedbackChoice({ id, title, withFeedback }: Subscription): Markup {
  const [state, deed] = withFeedback
    ? ['with readers’ feedback', 'Leave it out']
    : ['without readers’ feedback', 'Include it'];
  return html`<form method="post" action="${paths.subscription(id)}/feedback"><span class="quiet">${state}</span> <input type="hidden" name="wanted" value="${withFeedback ? 'no' : 'yes'}"><button class="link" aria-label="${deed}: readers’ feedback on ${title}">${deed}</button></form>`;
}

function followedLink({ followed, title }: Subscription, slugs: ReadonlyMap<number, string>): Markup {
  switch (followed.kind) {
    case 'technology': {
      const slug = slugs.get(followed.technologyId);
      return slug === undefined ? html`${title}` : html`<a href="${paths.technology(slug)}">${title}</a>`;
    }
    case 'article':
      return html`<a href="${paths.article(followed.articleId)}">${title}</a> <span class="quiet">article</span>`;
    case 'source':
      return html`${title} <span class="quiet">whole source</span>`;
    case 'search':
      return html`<a href="${paths.search(followed.query)}">${followed.query}</a> <span class="quiet">saved search</span>`;
  }
}

function untoldList(untold: readonly MatchedChange[]): Markup | null {
  if (untold.length === 0) return null;
  return html`<ol class="log">${untold.slice(0, shownUntold).map((change) => changeEntry(change, { showsDay: true }))}</ol>${untold.length > shownUntold && html`<p class="quiet">And more.</p>`}`;
}

function pastDigests(digests: readonly PastDigest[]): Markup {
  if (digests.length === 0) return html`<p>None yet.</p>`;
  return html`<dl class="facts counts num">${digests.map(
    (digest) =>
      html`<dt><a href="/account/digests/${digest.localDate}">${formatLongDay(Date.parse(digest.localDate)).replace(/ \d{4}$/, '')}</a></dt><dd>${digest.changes === 0 && digest.readers > 0 ? countOf(digest.readers, 'reader') : countOf(digest.changes, 'change')}</dd>`,
  )}</dl>`;
}
