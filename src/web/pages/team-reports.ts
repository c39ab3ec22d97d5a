import { html } from 'hono/html';
import { describeReport } from '../../accounts/teams/report-weeks.ts';
import { paths } from '../links.ts';
import { kindTag } from '../parts/change-entry.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { teamPage } from '../parts/team-frame.ts';
import { formatDay } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { withTeam } from '../team-of-visitor.ts';

type Ports = Pick<SitePorts, 'teams'>;
const shownReports = 53;
const shownEntries = 500;

/** The weekly reports of a team, newest first. */
export function showTeamReports(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const reports = await ports.teams.listReports(team, shownReports);
    const here = `${paths.team(team.slug)}/reports`;
    const main =
      reports.length === 0
        ? html`<p class="lead">None yet. After each week in which something changed or is open, on Monday, its report is here.</p>`
        : html`<ul class="plain">${reports.map((report) => html`<li><h2><a href="${here}/${report.week}">The week from ${formatDay(report.fromAt)}</a></h2><p>${describeReport(report).join(' ')}</p></li>`)}</ul>`;
    return teamPage(c, team, { title: 'Reports', tab: here, main });
  });
}

/** What changed in one week, and what was done with it since. */
export function showTeamReport(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const week = c.req.param('week');
    const report = (await ports.teams.listReports(team, shownReports)).find((one) => one.week === week);
    if (report === undefined) return notFoundPage(c, 'report');
    const entries = await ports.teams.listEntries({
      team,
      open: false,
      since: report.fromAt,
      until: report.toAt,
      limit: shownEntries,
    });
    const main = html`<h2>The week from ${formatDay(report.fromAt)} to ${formatDay(report.toAt - 1)}</h2>
<p class="lead">${describeReport(report).join(' ')}</p>
<ol class="log">${entries.map((entry) => {
      const latest = entry.marks.at(-1);
      const state = latest === undefined ? 'open' : latest.state.replace('-', ' ');
      return html`<li>${kindTag(entry)}<div><h3><a href="${paths.article(entry.articleId)}">${entry.title}</a></h3><p class="meta">${state}${latest?.assignedTo && ` to ${latest.assignedTo}`}${latest?.by && ` · by ${latest.by}`}</p></div></li>`;
    })}</ol>`;
    return teamPage(c, team, { title: 'Report', tab: `${paths.team(team.slug)}/reports`, main });
  });
}
