import { html } from 'hono/html';
import type { Channel } from '../../alerts/channel.ts';
import { asId, type ChannelId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { choice, field } from '../parts/field.ts';
import type { Markup } from '../parts/markup.ts';
import { teamPage } from '../parts/team-frame.ts';
import { dayTag } from '../parts/time.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { type OfTeam, withTeam } from '../team-of-visitor.ts';
import { refuseSetting } from './refuse-setting.ts';

type Ports = Pick<SitePorts, 'teams' | 'channels'>;
const here = ({ team }: OfTeam) => `${paths.team(team.slug)}/channels`;
const said = (c: SiteContext, of: OfTeam, key: string) => c.redirect(`${here(of)}?said=${key}`);

const kinds = [
  { value: 'teams', text: 'a channel of Microsoft Teams' },
  { value: 'slack', text: 'a Slack channel' },
  { value: 'webhook', text: 'a webhook of your own' },
] as const;

const states: Readonly<Record<Channel['state'], string>> = {
  untested: 'Waits for a test',
  active: 'Takes digests',
  paused: 'Paused: it kept failing',
  disabled: 'Ended: it answered that it is gone',
};

/** Where the team's digests go besides its mailbox. */
export function showTeamChannels(ports: Ports): Action {
  return withTeam(ports, async (c, of) => {
    const channels = await ports.channels.listChannels(of.team.accountId);
    const isOwner = of.role === 'owner';
    const main = html`<p class="lead">The digest of the team goes by every channel that takes digests, once by each, at most one a day.</p>
${channels.length === 0 ? html`<p>There is none: the digest is on the board, and in the shared mailbox where there is one.</p>` : channelsTable(here(of), channels, isOwner)}
${isOwner && addSection(here(of))}`;
    return teamPage(c, of.team, { title: 'Channels', tab: here(of), main });
  });
}

function channelsTable(path: string, channels: readonly Channel[], isOwner: boolean): Markup {
  return html`<table class="table controls"><thead><tr><th>Channel</th><th>State</th><th>Last test</th><th><span class="hidden">Test or remove</span></th></tr></thead><tbody>
${channels.map(
  (
    channel,
  ) => html`<tr><td>${channel.name} <span class="quiet">${new URL(channel.target.url).host}</span></td>
<td data-label="State">${states[channel.state]}${channel.problem !== null && html`<br><span class="quiet">${channel.problem}</span>`}</td>
<td data-label="Last test">${channel.testedAt === null ? 'none arrived yet' : dayTag(channel.testedAt)}</td>
<td>${
    isOwner &&
    html`<div class="row tight"><form method="post" action="${path}/${channel.id}/test"><button class="btn plain small" aria-label="Send a test to ${channel.name}">Send a test</button></form>
<form method="post" action="${path}/${channel.id}/remove"><button class="link" aria-label="Remove ${channel.name}">Remove</button></form></div>`
  }</td></tr>`,
)}</tbody></table>`;
}

function addSection(path: string): Markup {
  return html`<h2>Add a channel</h2>
<p>It takes digests once a test has arrived. <a href="${paths.helpPage('channels')}">How each of them works</a></p>
<form method="post" action="${path}">${choice({ label: 'What it is', name: 'kind', value: 'teams', options: kinds })}
<div class="row">${field({ label: 'Address', name: 'url', type: 'url', isRequired: true, maxLength: 2000, placeholder: 'https://…' })}
${field({ label: 'What you call it', name: 'name', maxLength: 60 })}<button class="btn plain">Add</button></div></form>`;
}

export function addTeamChannel(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const form = await readForm(c);
    const kind = kinds.find(({ value }) => value === form.text('kind'))?.value;
    if (kind === undefined) return refuseSetting(c, 'The form was incomplete.', here(of));
    const name = form.text('name').replace(/\s+/g, ' ');
    const added = await ports.channels.addChannel(of.team.accountId, { kind, name, url: form.text('url') });
    if (added.kind === 'refused') return refuseSetting(c, added.sentence, here(of));
    if (added.secret === null) return test(ports, c, of, added.channel.id);
    // Here and now only: answered, not redirected to, so that no address leads to the secret.
    const main = html`<h2>The secret of the webhook</h2>
<p class="lead">It signs every message, so that your server knows that it comes from here. Copy it now: it is not shown again.</p>
<pre><code>${added.secret}</code></pre>
<form method="post" action="${here(of)}/${added.channel.id}/test" class="actions"><button class="btn">Send a test</button></form>`;
    return teamPage(c, of.team, { title: 'The secret of the webhook', tab: here(of), main });
  };
  return withTeam(ports, act, 'owner');
}

export function testTeamChannel(ports: Ports): Action {
  return withTeam(ports, (c, of) => test(ports, c, of, readId(c)), 'owner');
}

async function test(ports: Ports, c: SiteContext, of: OfTeam, id: ChannelId): Promise<Response> {
  const tested = await ports.channels.testChannel(of.team.accountId, id);
  if (tested === null) return said(c, of, 'no-channel');
  if (tested.kind === 'arrived') return said(c, of, 'channel-tested');
  const kept = 'The channel is kept, and takes no digests before a test arrives.';
  return refuseSetting(c, `The test did not arrive. ${tested.sentence} ${kept}`, here(of));
}

export function removeTeamChannel(ports: Ports): Action {
  const act = async (c: SiteContext, of: OfTeam) => {
    const isRemoved = await ports.channels.removeChannel(of.team.accountId, readId(c));
    return said(c, of, isRemoved ? 'channel-removed' : 'no-channel');
  };
  return withTeam(ports, act, 'owner');
}

function readId(c: SiteContext): ChannelId {
  return asId<ChannelId>(Number(c.req.param('id') ?? 0));
}
