import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import { hasRole } from '../../accounts/account.ts';
import {
  type ApiScope,
  type ApiToken,
  apiScopeMeanings,
  apiScopes,
  isLive,
} from '../../accounts/api-tokens/api-token.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { choice, field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { dayTag } from '../parts/time.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { refuseSetting } from './refuse-setting.ts';

type Ports = Pick<SitePorts, 'apiTokens' | 'clock'>;

const lifetimes = [
  { value: '30', text: '30 days' },
  { value: '90', text: '90 days' },
  { value: '365', text: 'A year' },
];

/** The secrets with which programs act for the account. */
export function showTokens(ports: Ports): Action {
  return async (c) => {
    const { account, isFresh } = readVisitor(c);
    const tokens = await ports.apiTokens.listTokens(account.id);
    const main = html`<div class="cols narrow"><div>
<h1>Tokens</h1>
${accountTabs(paths.tokens)}
${saidNote(c.req.query('said'))}
<p class="lead">With a token a program of yours uses the <a href="${paths.apiReference}">API</a> in your name, as far as you let it. A token opens no page of this site.</p>
${tokens.length > 0 && tokensTable(tokens, account, ports.clock.now())}
<h2>Make a token</h2>
${makingSection(account, isFresh)}
</div></div>`;
    return renderPage(c, { title: 'Tokens', main, isPrivate: true });
  };
}

function makingSection(account: Account, isFresh: boolean): Markup {
  if (account.confirmedAt === null)
    return html`<p>Prove your address first: a letter to it has the link.</p>`;
  if (isFresh) return newTokenForm(account);
  return html`<p>To make one, <a href="${paths.proveAgain(paths.tokens)}">prove that it is you</a>: you signed in a while ago.</p>`;
}

function tokensTable(tokens: readonly ApiToken[], account: Account, now: Instant): Markup {
  return html`<table class="table controls"><thead><tr><th>Token</th><th>May</th><th>Last used</th><th>Until</th><th><span class="hidden">Revoke</span></th></tr></thead><tbody>
${tokens.map((token) => {
  const { id, name, hint, scopes, usedAt, expiresAt, revokedAt } = token;
  return html`<tr><td>${name}<br><code>${hint}…</code></td>
<td data-label="May">${scopes.join(', ')}</td>
<td data-label="Last used">${usedAt === null ? 'never' : dayTag(usedAt, account.timeZone)}</td>
<td data-label="Until">${revokedAt !== null ? 'revoked' : expiresAt <= now ? 'expired' : dayTag(expiresAt, account.timeZone)}</td>
<td>${isLive(token, now) && html`<form method="post" action="${paths.token(id)}/revoke"><button class="link danger" aria-label="Revoke ${name}">Revoke</button></form>`}</td></tr>`;
})}
</tbody></table>`;
}

function newTokenForm(account: Account): Markup {
  const offered = apiScopes.filter(
    (scope) => scope !== 'administration' || hasRole(account, 'administrator'),
  );
  const box = (scope: ApiScope) =>
    html`<label><input type="checkbox" name="scope" value="${scope}"${scope === 'read' && html` checked`}>${apiScopeMeanings[scope]}</label>`;
  return html`<form method="post" action="${paths.tokens}">
${field({ label: 'Name', name: 'name', hint: 'So that you know it again, such as where it is used.', autocomplete: 'off', maxLength: 80, isRequired: true })}
<fieldset><legend>It may</legend><p class="quiet">Articles, changes and search it may read in any case.</p><div class="picks">${offered.map(box)}</div></fieldset>
<div class="row">${choice({ label: 'Works for', name: 'days', value: '90', options: lifetimes })}
<button class="btn">Make the token</button></div></form>`;
}

/** Shows the secret, which is kept nowhere, this one time. */
export function makeToken(ports: Ports): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const form = await readForm(c);
    const outcome = await ports.apiTokens.createToken(
      account,
      {
        name: form.text('name'),
        scopes: form.all('scope'),
        days: Number(form.text('days') || Number.NaN),
      },
      { kind: 'account', id: account.id },
    );
    if (outcome.kind === 'refused') return refuseSetting(c, outcome.sentence, paths.tokens);
    const { secret, token } = outcome;
    const main = html`<div class="cols narrow"><div>
<h1>Your new token</h1>
<p class="lead">Copy it now: we keep no copy, and never show it again.</p>
<pre tabindex="0"><code>${secret}</code></pre>
<p>“${token.name}” works until ${dayTag(token.expiresAt, account.timeZone)}. Whoever has it can do what you let it do: keep it like a password, and revoke it when you need it no more.</p>
<p><a class="btn" href="${paths.tokens}">I have copied it</a></p>
</div></div>`;
    return renderPage(c, { title: 'Your new token', main, isPrivate: true });
  };
}

export function revokeToken(ports: Ports): Action {
  return async (c) => {
    const id = asId<ApiToken['id']>(Number(c.req.param('id')));
    const { account } = readVisitor(c);
    const actor = { kind: 'account', id: account.id } as const;
    const wasLive = await ports.apiTokens.revokeToken(account.id, id, actor);
    return c.redirect(`${paths.tokens}?said=${wasLive ? 'token-revoked' : 'token-gone'}`);
  };
}
