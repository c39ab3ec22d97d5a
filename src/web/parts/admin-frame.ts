import { html } from 'hono/html';
import { hasRole, type Role } from '../../accounts/account.ts';
import { paths } from '../links.ts';
import type { SiteContext } from '../site-app.ts';
import { renderPage } from './layout.ts';
import type { Markup } from './markup.ts';
import { saidNote } from './said-note.ts';

/** A page of the administration: its tabs, its title, what was just done, and its content. */
export function adminPage(
  c: SiteContext,
  page: { readonly title: string; readonly tab: string; readonly main: Markup; readonly hasOutbox: boolean },
  status: 200 | 400 = 200,
) {
  const can = (role: Role) => hasRole(c.get('visitor')?.account ?? { role: 'reader' }, role);
  const tabs = [
    ...(can('administrator') ? administratorTabs(page.hasOutbox) : []),
    ...(can('moderator') ? [{ href: paths.moderation, text: 'Moderation' }] : []),
    ...(can('curator') ? [{ href: paths.curation, text: 'Technologies' }] : []),
  ];
  const main = html`<div class="cols wide"><div>
<nav class="tabs" aria-label="Administration">${tabs.map(({ href, text }) => html`<a href="${href}"${href === page.tab && html` aria-current="page"`}>${text}</a>`)}</nav>
<h1>${page.title}</h1>
${saidNote(c.req.query('said'))}
${page.main}
</div></div>`;
  return renderPage(c, { title: page.title, main, isPrivate: true }, status);
}

function administratorTabs(hasOutbox: boolean) {
  return [
    { href: paths.sources, text: 'Sources' },
    { href: paths.scans, text: 'Scans' },
    { href: paths.deliveries, text: 'Deliveries' },
    { href: paths.accounts, text: 'Accounts' },
    { href: paths.audit, text: 'Audit' },
    ...(hasOutbox ? [{ href: paths.outbox, text: 'Outbox' }] : []),
  ];
}
