import { html } from 'hono/html';
import type { TeamInvitation, TeamMember } from '../../accounts/teams/team.ts';
import { paths } from '../links.ts';
import { field } from '../parts/field.ts';
import type { Markup } from '../parts/markup.ts';
import { teamPage } from '../parts/team-frame.ts';
import { dayTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { withTeam } from '../team-of-visitor.ts';

/** Who belongs to the team, who is invited, and where its digests go. */
export function showTeamMembers(ports: Pick<SitePorts, 'teams'>): Action {
  return withTeam(ports, async (c, { team, role, account }) => {
    const [members, invitations, own] = await Promise.all([
      ports.teams.listMembers(team),
      ports.teams.listInvitations(team),
      ports.teams.findTeamAccount(team),
    ]);
    const here = `${paths.team(team.slug)}/members`;
    const isOwner = role === 'owner';
    const me = members.find((member) => member.accountId === account.id);
    const main = html`<h2>Members</h2>
<table class="table controls"><thead><tr><th>Who</th><th>Role</th><th>Since</th><th><span class="hidden">Actions</span></th></tr></thead><tbody>
${members.map((member) => memberRow(here, member, isOwner, member.accountId === account.id))}</tbody></table>
<form method="post" action="${here}/report" class="actions"><input type="hidden" name="wants" value="${me?.wantsReport ? 'no' : 'yes'}"><button class="btn plain small">${me?.wantsReport ? 'Do not mail me the weekly report' : 'Mail me the weekly report'}</button></form>
${isOwner && invitationsSection(here, invitations)}
<h2>Shared mailbox</h2>
<p>${own === null || own.address === '' ? 'There is none: the digest is on the board only, and goes to the channels of the team.' : html`Digests are mailed to <strong>${own.address}</strong>${own.paused && ', but somebody who reads it stopped them'}.`}</p>
${
  isOwner &&
  html`<form method="post" action="${here}/mailbox"><div class="row">${field({ label: 'Mailbox of the team', name: 'address', type: 'email', autocomplete: 'off', isRequired: true })}<button class="btn plain">Send a link there</button></div></form>
${own !== null && own.address !== '' && html`<form method="post" action="${here}/mailbox/remove" class="actions"><button class="btn plain small">Mail nothing any more</button></form>`}
${own?.paused && html`<form method="post" action="${here}/resume" class="actions"><button class="btn plain small">Resume digests</button></form>`}
<h2>Delete the team</h2><p>What it follows, its digests, its board and its reports go with it, at once and for good.</p>
<form method="post" action="${paths.team(team.slug)}/delete"><div class="row">${field({ label: 'Type its name to delete it', name: 'name', autocomplete: 'off' })}<button class="btn danger">Delete it</button></div></form>`
}`;
    return teamPage(c, team, { title: 'Members', tab: here, main });
  });
}

function memberRow(here: string, member: TeamMember, isOwner: boolean, isMe: boolean): Markup {
  const { accountId, address, role } = member;
  const other = role === 'owner' ? 'member' : 'owner';
  return html`<tr><td>${address}${isMe && html` <span class="quiet">you</span>`}</td><td data-label="Role">${role}</td>
<td data-label="Since">${dayTag(member.joinedAt)}</td><td>${
    isOwner &&
    html`<form method="post" action="${here}/role"><input type="hidden" name="member" value="${accountId}"><input type="hidden" name="role" value="${other}"><button class="link" aria-label="Make ${other}: ${address}">Make ${other}</button></form>`
  } ${
    (isOwner || isMe) &&
    html`<form method="post" action="${here}/remove"><input type="hidden" name="member" value="${accountId}"><button class="link" aria-label="${isMe ? 'Leave the team' : `Remove ${address}`}">${isMe ? 'Leave' : 'Remove'}</button></form>`
  }</td></tr>`;
}

function invitationsSection(here: string, invitations: readonly TeamInvitation[]): Markup {
  return html`<h2>Invite</h2>
<form method="post" action="${here}/invite"><div class="row">${field({ label: 'E-mail', name: 'address', type: 'email', autocomplete: 'off', isRequired: true })}<button class="btn plain">Invite</button></div></form>
${invitations.length > 0 && html`<table class="table controls"><thead><tr><th>Invited</th><th>Until</th><th><span class="hidden">Withdraw</span></th></tr></thead><tbody>${invitations.map((one) => html`<tr><td>${one.address}</td><td data-label="Until">${dayTag(one.expiresAt)}</td><td><form method="post" action="${here}/withdraw"><input type="hidden" name="invitation" value="${one.id}"><button class="link" aria-label="Withdraw the invitation of ${one.address}">Withdraw</button></form></td></tr>`)}</tbody></table>`}`;
}
