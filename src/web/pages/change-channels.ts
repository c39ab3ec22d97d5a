import { html } from 'hono/html';
import { asId, type ChannelId } from '../../knowledge/ids.ts';
import type { ChannelForm } from '../channel-ports.ts';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { nameBrowser } from '../parts/name-browser.ts';
import { problemPage } from '../parts/problem-page.ts';
import { type Form, readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'channels'>;
const said = (key: string) => `${paths.channels}?said=${key}`;
const back = html`<a class="btn plain" href="${paths.channels}">Back to your channels</a>`;

export function addChannel({ channels }: Ports): Action {
  return async (c) => {
    const form = readChannelForm(c, await readForm(c));
    if (form === null) return refuse(c, 'The form was incomplete.');
    const { account } = readVisitor(c);
    const added = await channels.addChannel(account.id, form);
    if (added.kind === 'refused') return refuse(c, added.sentence);
    const { channel, secret } = added;
    if (secret === null) return test({ channels }, c, channel.id);
    // Here and now only: answered, not redirected to, so that no address leads to the secret.
    return renderPage(c, {
      title: 'The secret of your webhook',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>The secret of your webhook</h1>
<p class="lead">It signs every message, so that your server knows that it comes from here. Copy it now: it is not shown again.</p>
<pre><code>${secret}</code></pre>
<p><a href="${paths.helpPage('channels')}">How to check a signature</a></p>
<form method="post" action="${paths.channels}/${channel.id}/test" class="actions"><button class="btn">Send a test</button> ${back}</form></div></div>`,
    });
  };
}

export function testChannel(ports: Ports): Action {
  return (c) => test(ports, c, readId(c));
}

async function test({ channels }: Ports, c: SiteContext, id: ChannelId): Promise<Response> {
  const tested = await channels.testChannel(readVisitor(c).account.id, id);
  if (tested === null) return c.redirect(said('no-channel'));
  if (tested.kind === 'arrived') return c.redirect(said('channel-tested'));
  return problemPage(c, {
    status: 400,
    title: 'The test did not arrive',
    happened: tested.sentence,
    kept: 'The channel is kept, and takes no digests before a test arrives.',
    next: back,
  });
}

export function removeChannel({ channels }: Ports): Action {
  return async (c) => {
    const isRemoved = await channels.removeChannel(readVisitor(c).account.id, readId(c));
    return c.redirect(said(isRemoved ? 'channel-removed' : 'no-channel'));
  };
}

export function chooseMail({ channels }: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    await channels.chooseMail(readVisitor(c).account.id, form.text('takes') !== 'no');
    return c.redirect(said('saved'));
  };
}

function readId(c: SiteContext): ChannelId {
  return asId<ChannelId>(Number(c.req.param('id') ?? 0));
}

function readChannelForm(c: SiteContext, form: Form): ChannelForm | null {
  const kind = form.text('kind');
  if (kind === 'push') {
    const name = nameBrowser(c.req.header('user-agent') ?? '');
    const [url, p256dh, auth] = [form.text('endpoint'), form.text('p256dh'), form.text('auth')];
    return { kind, name, url, p256dh, auth };
  }
  if (kind !== 'webhook' && kind !== 'slack' && kind !== 'teams') return null;
  return { kind, name: form.text('name').replace(/\s+/g, ' '), url: form.text('url') };
}

function refuse(c: SiteContext, sentence: string) {
  return problemPage(c, {
    status: 400,
    title: 'This channel was not added',
    happened: sentence,
    kept: 'Everything is as it was.',
    next: back,
  });
}
