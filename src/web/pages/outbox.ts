import { html } from 'hono/html';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { minuteTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'outbox'>;

/** Every message that would have been sent; only while no SMTP server is set up. */
export function showOutbox({ outbox }: Ports): Action {
  return async (c) => {
    if (outbox === null) return notFoundPage(c);
    const messages = await outbox.listMessages(100);
    const main = html`<p class="lead">No SMTP server is set up, so nothing leaves this machine. What would have been mailed is here. <span class="quiet">Set KBALERTZ_SMTP to send it.</span></p>
${messages.length === 0 ? html`<p>Nothing yet. The first letter comes when somebody signs up, the first digest on the morning after something changed.</p>` : html`<ol class="log hits">${messages.map((message) => html`<li><h2><a href="${paths.outbox}/${message.id}">${message.subject}</a></h2><p class="meta">to ${message.address} · ${minuteTag(message.createdAt)}</p></li>`)}</ol>`}`;
    return adminPage(c, { title: 'Outbox', tab: paths.outbox, main, hasOutbox: true });
  };
}

/** One message: its text with working links, and how it is written. */
export function showOutboxMessage({ outbox }: Ports): Action {
  return async (c) => {
    const message = await outbox?.findMessage(c.req.param('id') ?? '');
    if (message == null) return notFoundPage(c, 'message');
    const main = html`<p class="quiet">To ${message.address} · ${minuteTag(message.createdAt)}</p>
<pre class="letter">${linkUrls(message.text)}</pre>
<details><summary>As it is sent</summary><pre>${message.source}</pre></details>`;
    return adminPage(c, { title: message.subject, tab: paths.outbox, main, hasOutbox: true });
  };
}

/** Web addresses in a text become links. */
function linkUrls(text: string) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, n) => (n % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}
