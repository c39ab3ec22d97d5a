import { html } from 'hono/html';
import { type AccountId, asId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { type OfTeam, withTeam } from '../team-of-visitor.ts';
import { readVisitor } from '../visitor.ts';
import { expiredLink } from './prove-address.ts';
import { refuseSetting } from './refuse-setting.ts';

type Ports = Pick<SitePorts, 'teams' | 'accounts'>;
const members = ({ team }: OfTeam) => `${paths.team(team.slug)}/members`;
const said = (c: SiteContext, of: OfTeam, key: string) => c.redirect(`${members(of)}?said=${key}`);

export function inviteToTeam(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const address = (await readForm(c)).text('address');
    const outcome = await ports.teams.invite(of.account, of.team, { address });
    return outcome.kind === 'refused'
      ? refuseSetting(c, outcome.sentence, members(of))
      : said(c, of, 'invited');
  };
  return withTeam(ports, act, 'owner');
}

export function withdrawInvitation(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const id = Number((await readForm(c)).text('invitation'));
    const isGone = Number.isSafeInteger(id) && (await ports.teams.withdrawInvitation(of.team, id));
    return said(c, of, isGone ? 'saved' : 'not-found');
  };
  return withTeam(ports, act, 'owner');
}

/** Owners remove anybody, members themselves. */
export function removeFromTeam(ports: Ports): Action {
  return withTeam(ports, async (c, of) => {
    const id = readMember(await readForm(c));
    const isMe = id === of.account.id;
    if (!isMe && of.role !== 'owner') {
      return refuseSetting(c, 'Only owners of the team remove others.', members(of));
    }
    const outcome = await ports.teams.removeMember(of.account, of.team, id);
    if (outcome !== 'done') return said(c, of, outcome);
    return isMe ? c.redirect(`${paths.teams}?said=team-left`) : said(c, of, 'saved');
  });
}

export function changeTeamRole(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const form = await readForm(c);
    const role = form.text('role') === 'owner' ? 'owner' : 'member';
    const outcome = await ports.teams.setMemberRole(of.account, of.team, { id: readMember(form), role });
    return said(c, of, outcome === 'done' ? 'saved' : outcome);
  };
  return withTeam(ports, act, 'owner');
}

function readMember(form: { text(name: string): string }): AccountId {
  return asId<AccountId>(Number(form.text('member')) || 0);
}

export function chooseReport(ports: Ports): Action {
  return withTeam(ports, async (c, of) => {
    const wants = (await readForm(c)).text('wants') === 'yes';
    await ports.teams.setWantsReport(of.team, of.account.id, wants);
    return said(c, of, 'saved');
  });
}

export function requestMailbox(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const address = (await readForm(c)).text('address');
    const outcome = await ports.teams.requestMailbox(of.team, { address });
    return outcome.kind === 'refused'
      ? refuseSetting(c, outcome.sentence, members(of))
      : said(c, of, 'mailbox-mailed');
  };
  return withTeam(ports, act, 'owner');
}

export function clearMailbox(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    await ports.teams.clearMailbox(of.team);
    return said(c, of, 'saved');
  };
  return withTeam(ports, act, 'owner');
}

/** After the link in a digest stopped them. */
export function resumeTeam(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const account = await ports.teams.findTeamAccount(of.team);
    if (account !== null) await ports.accounts.resumeDigests(account);
    return said(c, of, 'resumed');
  };
  return withTeam(ports, act, 'owner');
}

/** The page behind an invitation; its button joins. */
export function showInvitation(ports: Ports): Action {
  return async (c) => {
    const found = await ports.teams.findInvitation(c.req.param('token') ?? '');
    if (found === null) return expiredLink(c);
    const visitor = c.get('visitor');
    const title = `Join ${found.team.name}`;
    return renderPage(c, {
      title,
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>${title}</h1>
<p class="lead">The team follows changes of knowledge bases together, and notes who looks after what.</p>
${
  visitor === null
    ? html`<p>You need an account for it. <a class="btn" href="${paths.signUp}">Sign up</a> or <a href="${paths.signIn}">sign in</a>, then open this link again: it waits.</p>`
    : html`<form method="post"><button class="btn">Join as ${visitor.account.address}</button></form>`
}</div></div>`,
    });
  };
}

export function acceptInvitation(ports: Ports): Action {
  return async (c) => {
    const team = await ports.teams.acceptInvitation(readVisitor(c).account, c.req.param('token') ?? '');
    return team === null ? expiredLink(c) : c.redirect(`${paths.team(team.slug)}?said=team-joined`);
  };
}
