import { html } from 'hono/html';
import { type BoardEntry, type Mark, markStates, type TeamMember } from '../../accounts/teams/team.ts';
import { asId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { kindTag } from '../parts/change-entry.ts';
import { filterChips } from '../parts/filter-chips.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { teamPage } from '../parts/team-frame.ts';
import { formatLongDay, minuteTag } from '../parts/time.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { type OfTeam, withTeam } from '../team-of-visitor.ts';

type Ports = Pick<SitePorts, 'teams'>;
const shown = 200;

const stateNames: Readonly<Record<Mark['state'], string>> = {
  open: 'Open',
  seen: 'Seen',
  assigned: 'Assigned',
  done: 'Done',
  'not-relevant': 'Not relevant',
};

/** The entries of the team's digests, and what was done with them. */
export function showBoard(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const isAll = c.req.query('show') === 'all';
    const [entries, members] = await Promise.all([
      ports.teams.listEntries({ team, open: !isAll, limit: shown }),
      ports.teams.listMembers(team),
    ]);
    const days = Map.groupBy(entries, (entry) => entry.localDate);
    const main = html`${filterChips({
      label: 'Which',
      url: c.req.url,
      name: 'show',
      value: isAll ? 'all' : null,
      options: [
        { value: null, text: 'Open' },
        { value: 'all', text: 'All' },
      ],
    })}
${
  entries.length === 0
    ? html`<p class="lead">${isAll ? 'No digest yet.' : 'Nothing is open.'} What changes in <a href="${paths.team(team.slug)}/following">what the team follows</a> comes here with its digest, once a day.</p>`
    : html`<ol class="log">${[...days].map(
        ([date, ofDay]) =>
          html`<li class="day"><h2>${formatLongDay(Date.parse(date))}</h2></li>${ofDay.map((entry) => boardEntry(team.slug, entry, members))}`,
      )}</ol>`
}`;
    return teamPage(c, team, { title: 'Board', tab: paths.team(team.slug), main });
  });
}

function boardEntry(slug: string, entry: BoardEntry, members: readonly TeamMember[]): Markup {
  const latest = entry.marks.at(-1);
  const state = latest?.state ?? 'open';
  return html`<li>${kindTag(entry)}<div>
<h3><a href="${paths.article(entry.articleId)}">${entry.title}</a></h3>
<p class="meta">${stateNames[state]}${latest?.assignedTo && ` to ${latest.assignedTo}`}${latest && html` · ${latest.by ?? 'somebody who left'}, ${minuteTag(latest.at)}`}</p>
<form method="post" action="${paths.team(slug)}/mark" class="row tight">
<input type="hidden" name="digest" value="${entry.digestId}"><input type="hidden" name="article" value="${entry.articleId}">
<select name="state" aria-label="What becomes of ${entry.title}">${markStates.map((one) => html`<option value="${one}"${one === state && html` selected`}>${stateNames[one]}</option>`)}</select>
<select name="assignee" aria-label="Who looks after ${entry.title}"><option value="">nobody</option>${members.map((member) => html`<option value="${member.accountId}"${latest?.assignedTo === member.address && html` selected`}>${member.address}</option>`)}</select>
<button class="btn plain small" aria-label="Save what becomes of ${entry.title}">Save</button></form>
${entry.marks.length > 1 && history(entry.marks)}
</div></li>`;
}

function history(marks: readonly Mark[]): Markup {
  return html`<details><summary>History</summary><ul class="quiet">${marks.map((mark) => html`<li>${stateNames[mark.state]}${mark.assignedTo && ` to ${mark.assignedTo}`}, by ${mark.by ?? 'somebody who left'}, ${minuteTag(mark.at)}</li>`)}</ul></details>`;
}

/** Notes what becomes of an entry. Choosing a person alone assigns it. */
export function markEntry(ports: Ports): Action {
  return withTeam(ports, async (c, of) => {
    const isMarked = await keepMark(ports, of, await readForm(c));
    return isMarked
      ? c.redirect(`${paths.team(of.team.slug)}?said=saved`)
      : notFoundPage(c, 'entry of this team');
  });
}

async function keepMark(
  ports: Ports,
  { team, account }: OfTeam,
  form: { text(name: string): string },
): Promise<boolean> {
  const chosen = markStates.find((one) => one === form.text('state'));
  const [digest, article] = [Number(form.text('digest')), Number(form.text('article'))];
  if (chosen === undefined || !Number.isSafeInteger(digest) || !Number.isSafeInteger(article)) return false;
  const assignee = form.text('assignee');
  const isSomebody = /^[1-9]\d{0,14}$/.test(assignee);
  const state = isSomebody && (chosen === 'open' || chosen === 'seen') ? 'assigned' : chosen;
  return ports.teams.markEntry({
    team,
    digestId: asId(digest),
    articleId: asId(article),
    // Assigned to nobody in particular is assigned to who says so.
    assignedTo: isSomebody ? asId(Number(assignee)) : state === 'assigned' ? account.id : null,
    state,
    by: account.id,
  });
}
