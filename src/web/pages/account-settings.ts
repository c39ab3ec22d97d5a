import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import type { Session } from '../../accounts/session.ts';
import { listTimeZones } from '../../accounts/time-zone.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { choice, field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { dayTag, minuteTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

/** When mail comes, how to sign in, and what becomes of the account. */
export function showAccountSettings(ports: Pick<SitePorts, 'accounts'>): Action {
  return async (c) => {
    const { account, session, isFresh } = readVisitor(c);
    const sessions = await ports.accounts.listSessions(account.id);
    const main = html`<div class="cols narrow"><div>
<h1>Settings</h1>
${accountTabs(paths.accountSettings)}
${saidNote(c.req.query('said'))}
${mailSection(account)}
${addressSection(account)}
${passwordSection(account, isFresh)}
${sessionsSection(sessions, session, account)}
<h2>Your data</h2>
<p><a href="/account/export.json">Download everything that we keep about you</a> (JSON).</p>
<form method="post" action="/account/delete">
<p>Deleting the account removes your address, what you follow and all past mails, at once and for good.</p>
${field({ label: 'Type your address to delete it', name: 'address', type: 'email', autocomplete: 'off' })}
<button class="btn danger">Delete my account</button></form>
</div></div>`;
    return renderPage(c, { title: 'Settings', main, isPrivate: true });
  };
}

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

function addressSection(account: Account): Markup {
  return html`<h2>Your address</h2>
<p><strong>${account.address}</strong>${account.confirmedAt === null && ' (not proven yet)'}</p>
<form method="post" action="/account/address"><div class="row">
${field({ label: 'New address', name: 'address', type: 'email', autocomplete: 'email', isRequired: true })}
<button class="btn plain">Change it</button></div></form>
<p class="quiet">We mail a link to the new address; until it is used, everything stays with the old one.</p>`;
}

function passwordSection(account: Account, isFresh: boolean): Markup {
  const intro = account.hasPassword
    ? 'You can sign in with a password, or by mailed link.'
    : 'You sign in by mailed link. A password is quicker, and needs a mailbox less.';
  if (!isFresh) {
    return html`<h2>Password</h2><p>${intro} To change that, <a href="${paths.signIn}?again=1">sign in again</a>: you did so a while ago.</p>`;
  }
  return html`<h2>Password</h2><p>${intro}</p>
<form method="post" action="/account/password">
<input type="hidden" name="username" value="${account.address}" autocomplete="username">
<div class="row">
${field({ label: account.hasPassword ? 'New password' : 'Password', name: 'password', type: 'password', autocomplete: 'new-password', hint: 'At least 12 characters.' })}
<button class="btn plain">Set it</button></div>
${account.hasPassword && html`<p class="actions"><button class="link" name="remove" value="1">Remove the password</button></p>`}
</form>`;
}

function sessionsSection(sessions: readonly Session[], own: Session, account: Account): Markup {
  return html`<h2>Signed in on</h2>
<table class="table"><thead><tr><th>Browser</th><th>Since</th><th>Last seen</th></tr></thead><tbody>
${sessions.map(
  (session) =>
    html`<tr><td>${nameBrowser(session.userAgent)}${session.tokenHash === own.tokenHash && html` <span class="quiet">this one</span>`}</td><td data-label="Since">${dayTag(session.createdAt, account.timeZone)}</td><td data-label="Last seen">${minuteTag(session.seenAt, account.timeZone)}</td></tr>`,
)}
</tbody></table>
<div class="actions"><form method="post" action="${paths.signOut}"><button class="btn plain small">Sign out</button></form>
${sessions.length > 1 && html`<form method="post" action="/account/sign-out-others"><button class="btn plain small">Sign out everywhere else</button></form>`}</div>`;
}

/** "Firefox on Linux" */
function nameBrowser(userAgent: string): string {
  const browser = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ] as const;
  const system = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ] as const;
  const of = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([mark]) => mark.test(userAgent))?.[1];
  const [program, place] = [of(browser), of(system)];
  if (program === undefined) return userAgent.slice(0, 40) || 'Unknown browser';
  return place === undefined ? program : `${program} on ${place}`;
}
