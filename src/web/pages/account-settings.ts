import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import { listTimeZones } from '../../accounts/time-zone.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { choice, field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import type { Action } from '../site-app.ts';
import { readVisitor } from '../visitor.ts';

/** When mail comes, where it goes, and what becomes of the account. */
export const showAccountSettings: Action = (c) => {
  const { account, isFresh } = readVisitor(c);
  const main = html`<div class="cols narrow"><div>
<h1>Settings</h1>
${accountTabs(paths.accountSettings)}
${saidNote(c.req.query('said'))}
${!isFresh && html`<div class="note"><p>To change your address or to delete the account, <a href="${paths.proveAgain(paths.accountSettings)}">prove that it is you</a>: you signed in a while ago.</p></div>`}
${mailSection(account)}
${addressSection(account, isFresh)}
<h2>Your data</h2>
<p><a href="/account/export.json">Download everything that we keep about you</a> (JSON).</p>
<p>Deleting the account removes your address, what you follow and all past mails, at once and for good.</p>
${
  isFresh &&
  html`<form method="post" action="/account/delete">
${field({ label: 'Type your address to delete it', name: 'address', type: 'email', autocomplete: 'off' })}
<button class="btn danger">Delete my account</button></form>`
}
</div></div>`;
  return renderPage(c, { title: 'Settings', main, isPrivate: true });
};

function mailSection(account: Account): Markup {
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    text: `${String(hour).padStart(2, '0')}:00`,
  }));
  const zones = listTimeZones().map((zone) => ({ value: zone, text: zone.replaceAll('_', ' ') }));
  return html`<h2>When your mail comes</h2>
<form method="post" action="/account/digest-time"><div class="row">
${choice({ label: 'At', name: 'hour', value: String(account.digestHour), options: hours })}
${choice({ label: 'Time zone', name: 'zone', value: account.timeZone, options: zones })}
<button class="btn plain">Save</button></div></form>
<form method="post" action="${account.paused ? '/account/resume' : '/account/pause'}" class="actions">
<button class="btn plain small">${account.paused ? 'Resume mail' : 'Pause all mail'}</button>
<span class="quiet">${account.paused ? 'It is paused. What changed meanwhile is told when you resume.' : 'For a holiday: what changes meanwhile is told when you resume.'}</span></form>`;
}

function addressSection(account: Account, isFresh: boolean): Markup {
  const heading = html`<h2>Your address</h2>
<p><strong>${account.address}</strong>${account.confirmedAt === null && ' (not proven yet)'}</p>`;
  if (!isFresh) return heading;
  return html`${heading}
<form method="post" action="/account/address"><div class="row">
${field({ label: 'New address', name: 'address', type: 'email', autocomplete: 'email', isRequired: true })}
<button class="btn plain">Change it</button></div></form>
<p class="quiet">We mail a link to the new address; until it is used, everything stays with the old one.</p>`;
}
