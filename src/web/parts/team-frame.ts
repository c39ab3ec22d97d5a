import { html } from 'hono/html';
import type { Team } from '../../accounts/teams/team.ts';
import { paths } from '../links.ts';
import type { SiteContext } from '../site-app.ts';
import { renderPage } from './layout.ts';
import type { Markup } from './markup.ts';
import { saidNote } from './said-note.ts';

/** A page of a team: its name, its tabs, what was just done, and its content. */
export function teamPage(
  c: SiteContext,
  team: Team,
  page: { readonly title: string; readonly tab: string; readonly main: Markup },
) {
  const base = paths.team(team.slug);
  const tabs = [
    { href: base, text: 'Board' },
    { href: `${base}/following`, text: 'Following' },
    { href: `${base}/channels`, text: 'Channels' },
    { href: `${base}/members`, text: 'Members' },
    { href: `${base}/reports`, text: 'Reports' },
  ];
  const main = html`<div class="cols narrow"><div>
<p class="quiet"><a href="${paths.teams}">Teams</a></p>
<h1>${team.name}</h1>
<nav class="tabs" aria-label="Team">${tabs.map(({ href, text }) => html`<a href="${href}"${href === page.tab && html` aria-current="page"`}>${text}</a>`)}</nav>
${saidNote(c.req.query('said'))}
${page.main}
</div></div>`;
  return renderPage(c, { title: `${page.title} · ${team.name}`, main, isPrivate: true });
}
