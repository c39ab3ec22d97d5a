import { html } from 'hono/html';
import type { Channel, ChannelKind } from '../../alerts/channel.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { dayTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { personalFeedsSection } from './personal-feeds.ts';

const kindNames: Readonly<Record<ChannelKind, string>> = {
  webhook: 'Webhook',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  push: 'Browser',
};

/** By which ways the account hears of changes. */
export function showChannels(ports: Pick<SitePorts, 'channels' | 'feeds' | 'subscriptions'>): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const [secret, subscriptions, channels, takesMail, pushKey] = await Promise.all([
      ports.feeds.findSecret(account.id),
      ports.subscriptions.listSubscriptions(account.id),
      ports.channels.listChannels(account.id),
      ports.channels.takesMail(account.id),
      ports.channels.loadPushKey(),
    ]);
    const main = html`<div class="cols narrow"><div>
<h1>Channels</h1>
${accountTabs(paths.channels)}
${saidNote(c.req.query('said'))}
<p class="lead">Your digest goes by every channel that you choose here, once by each, at most one a day.</p>
${mailSection(account.address, takesMail, channels)}
${channels.length > 0 && html`<h2>Other channels</h2>${channelsTable(channels, account.timeZone)}`}
${addSection(pushKey)}
${personalFeedsSection(secret, subscriptions)}
</div></div>`;
    return renderPage(c, { title: 'Channels', main, isPrivate: true, usesPush: true });
  };
}

function mailSection(address: string, takesMail: boolean, channels: readonly Channel[]): Markup {
  const isReached = takesMail || channels.some((channel) => channel.state === 'active');
  return html`<h2>Mail</h2>
<form method="post" action="${paths.channels}/mail" class="actions">
<span>${takesMail ? html`Your digest is mailed to <strong>${address}</strong>.` : 'You get no digests by mail.'}</span>
<button class="btn plain small" name="takes" value="${takesMail ? 'no' : 'yes'}">${takesMail ? 'No digests by mail' : 'Mail them again'}</button></form>
${!isReached && html`<div class="note"><p>No channel takes your digests just now. What changes meanwhile is kept, and told once one does.</p></div>`}`;
}

const stateNames: Readonly<Record<Channel['state'], string>> = {
  untested: 'Waits for a test',
  active: 'Takes digests',
  paused: 'Paused: it kept failing',
  disabled: 'Ended: it answered that it is gone',
};

function channelsTable(channels: readonly Channel[], timeZone: string): Markup {
  return html`<table class="table"><thead><tr><th>Channel</th><th>State</th><th>Last test</th><th><span class="hidden">Test or remove</span></th></tr></thead><tbody>
${channels.map(
  (
    channel,
  ) => html`<tr><td>${channel.name} <span class="quiet">${kindNames[channel.target.kind]}</span><br><span class="quiet">${new URL(channel.target.url).host}</span></td>
<td data-label="State">${stateNames[channel.state]}${channel.problem !== null && html`<br><span class="quiet">${channel.problem}</span>`}</td>
<td data-label="Last test">${channel.testedAt === null ? 'none arrived yet' : dayTag(channel.testedAt, timeZone)}</td>
<td><div class="row tight"><form method="post" action="${paths.channels}/${channel.id}/test"><button class="btn plain small" aria-label="Send a test to ${channel.name}">Send a test</button></form>
<form method="post" action="${paths.channels}/${channel.id}/remove"><button class="link" aria-label="Remove ${channel.name}">Remove</button></form></div></td></tr>`,
)}
</tbody></table>`;
}

const addresses = [
  {
    kind: 'webhook',
    title: 'A webhook',
    hint: 'Your own server gets each digest as signed JSON (Standard Webhooks).',
    placeholder: 'https://example.org/kbalertz',
  },
  {
    kind: 'slack',
    title: 'A Slack channel',
    hint: 'The address of an incoming webhook of Slack.',
    placeholder: 'https://hooks.slack.com/services/…',
  },
  {
    kind: 'teams',
    title: 'A channel of Microsoft Teams',
    hint: 'The address of a workflow of the kind “When a Teams webhook request is received”.',
    placeholder: 'https://….logic.azure.com/workflows/…',
  },
] as const;

function addSection(pushKey: string): Markup {
  return html`<h2>Add a channel</h2>
<p>It takes digests once a test has arrived. <a href="${paths.helpPage('channels')}">How each of them works</a></p>
${addresses.map(
  ({
    kind,
    title,
    hint,
    placeholder,
  }) => html`<details><summary>${title}</summary><p class="quiet">${hint}</p>
<form method="post" action="${paths.channels}"><input type="hidden" name="kind" value="${kind}"><div class="row">
${field({ label: 'Address', name: 'url', type: 'url', placeholder, isRequired: true, maxLength: 2000 })}
${field({ label: 'What you call it', name: 'name', maxLength: 60 })}
<button class="btn plain">Add</button></div></form></details>`,
)}
<form method="post" action="${paths.channels}" data-push="${pushKey}" hidden class="actions"><input type="hidden" name="kind" value="push">
<input type="hidden" name="endpoint"><input type="hidden" name="p256dh"><input type="hidden" name="auth">
<button class="btn plain">Show digests in this browser</button> <span role="status" class="quiet"></span></form>`;
}
