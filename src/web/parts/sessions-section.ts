import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import type { Session, SignInMethod } from '../../accounts/session.ts';
import { paths } from '../links.ts';
import { endTokensBox } from './end-tokens-box.ts';
import type { Markup } from './markup.ts';
import { nameBrowser } from './name-browser.ts';
import { dayTag, minuteTag } from './time.ts';

const methods: Readonly<Record<SignInMethod, string>> = {
  link: 'by mailed link',
  password: 'by password',
  passkey: 'by passkey',
  provider: 'by organisation',
};

/** Where the account is signed in; each can be signed out, and all others at once. */
export function sessionsSection(
  sessions: readonly Session[],
  own: Session,
  { account, liveTokens }: { readonly account: Account; readonly liveTokens: number },
): Markup {
  return html`<h2>Signed in on</h2>
<table class="table"><thead><tr><th>Browser</th><th>Since</th><th>Last seen</th><th><span class="hidden">Sign out</span></th></tr></thead><tbody>
${sessions.map((session) => {
  const isOwn = session.tokenHash === own.tokenHash;
  const name = nameBrowser(session.userAgent);
  return html`<tr><td>${name}${isOwn && html` <span class="quiet">this one</span>`}<br><span class="quiet">${methods[session.method]}</span></td>
<td data-label="Since">${dayTag(session.createdAt, account.timeZone)}</td>
<td data-label="Last seen">${minuteTag(session.seenAt, account.timeZone)}</td>
<td>${!isOwn && html`<form method="post" action="/account/sessions/end"><input type="hidden" name="session" value="${session.tokenHash}"><button class="link" aria-label="Sign out ${name}, last seen ${new Date(session.seenAt).toISOString()}">Sign out</button></form>`}</td></tr>`;
})}
</tbody></table>
<p class="quiet">A browser that is not used is signed out after 14 days, any browser after 30.</p>
<div class="actions"><form method="post" action="${paths.signOut}"><button class="btn plain small">Sign out</button></form>
${(sessions.length > 1 || liveTokens > 0) && html`<form method="post" action="/account/sign-out-others" class="actions">${endTokensBox(liveTokens)}<button class="btn plain small">Sign out everywhere else</button></form>`}</div>`;
}
