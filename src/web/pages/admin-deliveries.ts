import { html } from 'hono/html';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { filterChips } from '../parts/filter-chips.ts';
import type { Markup } from '../parts/markup.ts';
import { minuteTag } from '../parts/time.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import { recordByVisitor } from '../record-by-visitor.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'accounts' | 'audit' | 'deliveries' | 'outbox'>;
const shown = 100;

const states: Readonly<Record<string, { text: string; tone: string }>> = {
  queued: { text: 'Queued', tone: 'minor' },
  sending: { text: 'Sending', tone: 'changed' },
  accepted: { text: 'Accepted', tone: 'new' },
  deferred: { text: 'Deferred', tone: 'changed' },
  failed: { text: 'Failed', tone: 'bad' },
};

/** What happened to mails, and which addresses get none. */
export function showDeliveries(ports: Ports): Action {
  return async (c) => {
    const trouble = c.req.query('only') === 'trouble';
    const [counts, rows, suppressions, paused] = await Promise.all([
      ports.deliveries.countByState(),
      ports.deliveries.listDeliveries({ limit: shown, trouble }),
      ports.deliveries.listSuppressions(shown),
      ports.deliveries.listPausedDomains(),
    ]);
    const summary = Object.entries(counts).map(([state, count]) => `${formatNumber(count)} ${state}`);
    const main = html`<p class="lead num">${summary.length === 0 ? 'No mail yet.' : summary.join(' · ')}</p>
${filterChips({
  label: 'Which',
  url: c.req.url,
  name: 'only',
  value: trouble ? 'trouble' : null,
  options: [
    { value: null, text: 'All' },
    { value: 'trouble', text: 'With trouble' },
  ],
})}
${rows.length === 0 ? html`<p>None${trouble && ': every mail was taken'}.</p>` : deliveriesTable(rows)}
${paused.length > 0 && pausedDomainsTable(paused)}
<h2>Addresses that get no mail</h2>
${
  suppressions.length === 0
    ? html`<p>None. An address comes here when its server says that it does not exist, or when its owner calls our mail spam.</p>`
    : html`<p>${countOf(suppressions.length, 'address', 'addresses')}.</p><table class="table"><thead><tr><th>Address</th><th>Why</th><th>Since</th><th><span class="hidden">Actions</span></th></tr></thead><tbody>${suppressions.map(
        (one) =>
          html`<tr><td>${one.addressKey}</td><td>${one.reason}<br><span class="quiet">${one.detail}</span></td><td data-label="Since">${minuteTag(one.createdAt)}</td><td><form method="post" action="${paths.deliveries}/suppressions"><input type="hidden" name="address" value="${one.addressKey}"><button class="link" aria-label="Let mail go to ${one.addressKey} again">Lift</button></form></td></tr>`,
      )}</tbody></table>`
}`;
    return adminPage(c, {
      title: 'Deliveries',
      tab: paths.deliveries,
      main,
      hasOutbox: ports.outbox !== null,
    });
  };
}

function deliveriesTable(rows: Awaited<ReturnType<SitePorts['deliveries']['listDeliveries']>>): Markup {
  return html`<table class="table"><thead><tr><th>Mail</th><th>State</th><th>When</th><th>What was said</th></tr></thead><tbody>
${rows.map((row) => {
  const state = states[row.state] ?? { text: row.state, tone: 'minor' };
  return html`<tr><td>${row.address}<br><span class="quiet">${row.kind} · ${row.channel}</span></td>
<td><span class="kind ${state.tone}">${state.text}</span>${row.attempts > 1 && html`<br><span class="quiet">${countOf(row.attempts, 'attempt')}</span>`}</td>
<td>${minuteTag(row.endedAt ?? row.createdAt)}${row.nextAttemptAt !== null && html`<br><span class="quiet">again ${minuteTag(row.nextAttemptAt)}</span>`}</td>
<td>${row.problem}</td></tr>`;
})}</tbody></table>`;
}

function pausedDomainsTable(
  paused: Awaited<ReturnType<SitePorts['deliveries']['listPausedDomains']>>,
): Markup {
  return html`<h2>Domains that refuse our mail</h2>
<p>Their digests wait, and nobody’s address was suppressed. <code>kbalertz doctor mail</code> says what receivers check.</p>
<table class="table"><thead><tr><th>Domain</th><th>What was said</th><th>Tried again</th><th><span class="hidden">Actions</span></th></tr></thead><tbody>${paused.map(
    (one) =>
      html`<tr><td>${one.domain}</td><td>${one.reason}<br><span class="quiet">${one.diagnostic}</span></td><td data-label="Tried again">${minuteTag(one.pausedUntil)}</td><td><form method="post" action="${paths.deliveries}/domains"><input type="hidden" name="domain" value="${one.domain}"><button class="link" aria-label="Send digests to ${one.domain} again">Resume</button></form></td></tr>`,
  )}</tbody></table>`;
}

export function resumeDomain(ports: Ports): Action {
  return async (c) => {
    const domain = (await readForm(c)).text('domain');
    await recordByVisitor(ports.audit, c, () => ports.deliveries.resumeDomain(domain), {
      action: 'domain.resumed',
      subject: `domain:${domain}`,
    });
    return c.redirect(`${paths.deliveries}?said=domain-resumed`);
  };
}

export function liftSuppression(ports: Ports): Action {
  return async (c) => {
    const address = (await readForm(c)).text('address');
    // The trail holds no addresses: of somebody without an account it keeps the domain.
    const account = await ports.accounts.findAccountByAddress(address);
    const wasLifted = await recordByVisitor(
      ports.audit,
      c,
      () => ports.deliveries.removeSuppression(address),
      {
        action: 'suppression.lifted',
        subject: account === null ? `domain:${address.split('@').at(-1)}` : `account:${account.id}`,
      },
    );
    return c.redirect(`${paths.deliveries}?said=${wasLifted ? 'lifted' : 'not-found'}`);
  };
}
