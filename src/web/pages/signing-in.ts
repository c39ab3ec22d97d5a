import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import { isLive } from '../../accounts/api-tokens/api-token.ts';
import type { Passkey } from '../../accounts/passkeys/passkey.ts';
import type { Identity } from '../../accounts/provider/identity.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { endTokensBox } from '../parts/end-tokens-box.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { sessionsSection } from '../parts/sessions-section.ts';
import { dayTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

/** The ways to sign in to the account, and where it is signed in. */
export function showSigningIn(
  ports: Pick<SitePorts, 'accounts' | 'apiTokens' | 'passkeys' | 'provider' | 'clock'>,
): Action {
  return async (c) => {
    const { account, session, isFresh, heldBack } = readVisitor(c);
    const sessions = await ports.accounts.listSessions(account.id);
    const tokens = await ports.apiTokens.listTokens(account.id);
    const liveTokens = tokens.filter((token) => isLive(token, ports.clock.now())).length;
    const passkeys = (await ports.passkeys?.listPasskeys(account.id)) ?? null;
    const identities = (await ports.provider?.listIdentities(account)) ?? [];
    const main = html`<div class="cols narrow"><div>
<h1>Signing in</h1>
${accountTabs(paths.signingIn)}
${saidNote(c.req.query('said'))}
<p class="lead">A link mailed to <strong>${account.address}</strong> always signs you in, also when a password is forgotten or a passkey lost.</p>
${heldBack !== null && html`<div class="note"><p>Your role, ${heldBack.role}, asks for a passkey. ${heldBack.hasPasskey ? html`<a href="${paths.proveAgain(paths.signingIn)}">Sign in with yours</a> to use it.` : 'Add one below, then sign in with it.'} Until then you have the rights of a ${account.role}.</p></div>`}
${!isFresh && !heldBack?.hasPasskey && html`<div class="note"><p>To change how you sign in, <a href="${paths.proveAgain(paths.signingIn)}">prove that it is you</a>: you signed in a while ago.</p></div>`}
${passwordSection(account, isFresh, liveTokens)}
${passkeys !== null && passkeysSection(passkeys, account, isFresh)}
${ports.provider !== null && providerSection(ports.provider.name, identities, account, isFresh)}
${sessionsSection(sessions, session, { account, liveTokens })}
</div></div>`;
    return renderPage(c, { title: 'Signing in', main, isPrivate: true, usesPasskeys: passkeys !== null });
  };
}

function passwordSection(account: Account, isFresh: boolean, liveTokens: number): Markup {
  const intro = account.hasPassword
    ? 'You can sign in with a password.'
    : 'There is none. A password is quicker than a mailed link, and needs a mailbox less.';
  if (!isFresh) return html`<h2>Password</h2><p>${intro}</p>`;
  return html`<h2>Password</h2><p>${intro}</p>
<form method="post" action="/account/password">
<input type="hidden" name="username" value="${account.address}" autocomplete="username">
<div class="row">
${field({ label: account.hasPassword ? 'New password' : 'Password', name: 'password', type: 'password', autocomplete: 'new-password', hint: 'At least 12 characters.' })}
<button class="btn plain">Set it</button></div>
<p class="actions"><span class="quiet">All other browsers are signed out by this.</span> ${endTokensBox(liveTokens)}</p>
${account.hasPassword && html`<p class="actions"><button class="link" name="remove" value="1">Remove the password</button></p>`}
</form>`;
}

function passkeysSection(passkeys: readonly Passkey[], account: Account, isFresh: boolean): Markup {
  return html`<h2>Passkeys</h2>
<p>A passkey signs you in with the fingerprint, face or PIN of your device, or with a security key. Nobody can guess or phish it.</p>
${passkeys.length > 0 && passkeysTable(passkeys, account, isFresh)}
${
  isFresh &&
  html`<form method="post" action="${paths.passkeys}" data-passkey="create" data-options="${paths.passkeys}/options" hidden>
<input type="hidden" name="credential"><div class="row">
${field({ label: 'Name of the new passkey', name: 'name', autocomplete: 'off', maxLength: 60, placeholder: 'Laptop' })}
<button class="btn plain">Add a passkey</button></div>
<p class="fault" role="status"></p></form>
<noscript><p class="quiet">Adding a passkey needs JavaScript, because only a script can ask the browser for one.</p></noscript>`
}`;
}

function passkeysTable(passkeys: readonly Passkey[], account: Account, isFresh: boolean): Markup {
  return html`<table class="table"><thead><tr><th>Passkey</th><th>Since</th><th>Last used</th><th><span class="hidden">Remove</span></th></tr></thead><tbody>
${passkeys.map(
  (
    one,
  ) => html`<tr><td>${one.name}<br><span class="quiet">${one.isSynced ? 'on all your devices' : 'on one device'}</span></td>
<td data-label="Since">${dayTag(one.createdAt, account.timeZone)}</td>
<td data-label="Last used">${one.usedAt === null ? 'never' : dayTag(one.usedAt, account.timeZone)}</td>
<td>${isFresh && html`<form method="post" action="${paths.passkeys}/remove"><input type="hidden" name="passkey" value="${one.credentialId}"><button class="link" aria-label="Remove the passkey ${one.name}">Remove</button></form>`}</td></tr>`,
)}</tbody></table>`;
}

function providerSection(
  name: string,
  identities: readonly Identity[],
  account: Account,
  isFresh: boolean,
): Markup {
  return html`<h2>${name}</h2>
${identities.length === 0 ? html`<p>You can sign in with ${name} once it is connected with this account.</p>` : html`<ul class="plain">${identities.map((one) => html`<li>${one.label} <span class="quiet">since ${dayTag(one.createdAt, account.timeZone)}</span> ${isFresh && html`<form method="post" action="${paths.identities}/remove"><input type="hidden" name="subject" value="${one.subject}"><button class="link" aria-label="Disconnect ${one.label}">Disconnect</button></form>`}</li>`)}</ul>`}
${isFresh && html`<form method="post" action="${paths.identities}" class="actions"><button class="btn plain small">Connect ${name}</button></form>`}`;
}
