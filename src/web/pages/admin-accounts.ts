import { html } from 'hono/html';
import { type Account, roles } from '../../accounts/account.ts';
import { type AccountId, asId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { withParameters } from '../parts/filter-chips.ts';
import type { Markup } from '../parts/markup.ts';
import { dayTag } from '../parts/time.ts';
import { formatNumber } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'accounts' | 'outbox'>;
const pageSize = 50;

/** All accounts, found by a part of the address, with their roles. */
export function showAccounts(ports: Ports): Action {
  return async (c) => {
    const containing = c.req.query('containing') ?? '';
    const after = Number(c.req.query('after') ?? Number.NaN);
    const [counts, found] = await Promise.all([
      ports.accounts.countAccounts(),
      ports.accounts.listAccounts({
        limit: pageSize + 1,
        after: Number.isSafeInteger(after) ? asId<AccountId>(after) : null,
        containing,
      }),
    ]);
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    const main = html`<p class="lead num">${formatNumber(counts.confirmed)} confirmed · ${formatNumber(counts.unconfirmed)} waiting for their confirmation · ${formatNumber(counts.paused)} paused</p>
<form class="row" action="${paths.accounts}"><label class="field"><span>Address contains</span><input type="search" name="containing" value="${containing}"></label><button class="btn plain">Find</button></form>
${page.length === 0 ? html`<p class="lead">No account is like that.</p>` : accountsTable(page)}
<nav class="pager" aria-label="Pages">${found.length > pageSize && last !== undefined && html`<a rel="next" href="${withParameters(c.req.url, { after: String(last.id) })}">More</a>`}</nav>`;
    return adminPage(c, { title: 'Accounts', tab: paths.accounts, main, hasOutbox: ports.outbox !== null });
  };
}

function accountsTable(accounts: readonly Account[]): Markup {
  return html`<table class="table controls"><thead><tr><th>Address</th><th>State</th><th>Mail at</th><th>Since</th><th>Role</th></tr></thead><tbody>
${accounts.map(
  (account) => html`<tr><td>${account.address}</td>
<td>${account.confirmedAt === null ? html`<span class="kind minor">Waiting</span>` : account.paused ? html`<span class="kind minor">Paused</span>` : html`<span class="kind new">Active</span>`}</td>
<td>${String(account.digestHour).padStart(2, '0')}:00 <span class="quiet">${account.timeZone}</span></td>
<td data-label="Since">${dayTag(account.createdAt)}</td>
<td><form method="post" action="${paths.accounts}/role" class="row tight"><input type="hidden" name="account" value="${account.id}"><select name="role" data-submits aria-label="Role of ${account.address}">${roles.map((role) => html`<option${role === account.role && html` selected`}>${role}</option>`)}</select><noscript><button class="btn plain small">Save</button></noscript></form></td></tr>`,
)}</tbody></table>`;
}

export function changeRole(ports: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    const role = roles.find((one) => one === form.text('role'));
    const id = asId<AccountId>(Number(form.text('account')));
    const outcome =
      role === undefined
        ? null
        : await ports.accounts.setRole(id, role, { kind: 'account', id: readVisitor(c).account.id });
    const said = outcome?.kind === 'set' ? 'saved' : (outcome?.kind ?? 'not-found');
    return c.redirect(`${paths.accounts}?said=${said}`);
  };
}
