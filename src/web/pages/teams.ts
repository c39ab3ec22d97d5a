import { html } from 'hono/html';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import { saidNote } from '../parts/said-note.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { withTeam } from '../team-of-visitor.ts';
import { readVisitor } from '../visitor.ts';
import { refuseSetting } from './refuse-setting.ts';

type Ports = Pick<SitePorts, 'teams'>;

/** The teams of who is signed in, and how to make one. */
export function showTeams(ports: Ports): Action {
  return async (c) => {
    const teams = await ports.teams.listTeamsOf(readVisitor(c).account.id);
    const main = html`<div class="cols narrow"><div>
<h1>Teams</h1>
${accountTabs(paths.teams)}
${saidNote(c.req.query('said'))}
<p class="lead">A team follows together: one digest a day for all, a board that says who looks after what, and a report each week.</p>
${
  teams.length === 0
    ? html`<p>You are in no team yet. Make one, or follow the link of an invitation.</p>`
    : html`<table class="table"><thead><tr><th>Team</th><th>You are</th></tr></thead><tbody>${teams.map((team) => html`<tr><td><a href="${paths.team(team.slug)}">${team.name}</a></td><td data-label="You are">${team.role}</td></tr>`)}</tbody></table>`
}
<h2>Make a team</h2>
<form method="post" action="${paths.teams}"><div class="row">${field({ label: 'Name', name: 'name', isRequired: true, maxLength: 60, placeholder: 'Messaging', autocomplete: 'off' })}
<button class="btn plain">Make it</button></div></form></div></div>`;
    return renderPage(c, { title: 'Teams', main, isPrivate: true });
  };
}

export function makeTeam(ports: Ports): Action {
  return async (c) => {
    const outcome = await ports.teams.makeTeam(readVisitor(c).account, {
      name: (await readForm(c)).text('name'),
    });
    if (outcome.kind === 'refused') return refuseSetting(c, outcome.sentence, paths.teams);
    return c.redirect(`${paths.team(outcome.team.slug)}/following?said=team-made`);
  };
}

export function deleteTeam(ports: Ports): Action {
  return withTeam(
    ports,
    async (c, { team, account }) => {
      if ((await readForm(c)).text('name') !== team.name) {
        const sentence = 'To delete the team, its name must be typed, and this was another one.';
        return refuseSetting(c, sentence, `${paths.team(team.slug)}/members`);
      }
      await ports.teams.deleteTeam(account, team);
      return c.redirect(`${paths.teams}?said=team-deleted`);
    },
    'owner',
  );
}
