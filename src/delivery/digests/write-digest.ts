import { createHash } from 'node:crypto';
import type { Digest } from '../../alerts/digest.ts';
import type { WrittenMessage } from '../../alerts/digest-desk.ts';
import { composeMessage } from '../messages/compose-message.ts';
import { domainOf, type MessageSettings } from '../messages/message-settings.ts';
import { nameDigest } from './digest-wording.ts';
import { renderDigestHtml } from './render-digest-html.ts';
import { renderDigestText } from './render-digest-text.ts';

/** The message of a digest: the same bytes for the same digest, whenever and wherever it is written. */
export async function writeDigest(digest: Digest, settings: MessageSettings): Promise<WrittenMessage> {
  const subject = nameDigest(digest);
  const { html, part } = renderDigestHtml(digest, subject, settings.links);
  const messageId = nameMessage(digest, settings);
  const parts = {
    from: settings.from,
    to: digest.account.address,
    subject,
    date: digest.plannedAt,
    messageId,
    text: renderDigestText(digest, part, settings.links),
    html,
    headers: listHeaders(digest, settings),
  };
  const content = await composeMessage(parts, settings.dkimKeys);
  return { messageId, address: digest.account.address, subject, content };
}

/** Unguessable, so that nobody can answer in the name of the digest, and the same at every attempt. */
function nameMessage({ id, account, localDate }: Digest, { from }: MessageSettings): string {
  const hash = createHash('sha256').update(`${account.unsubscribeSecret} ${localDate} ${id}`).digest('hex');
  return `<digest.${id}.${hash.slice(0, 20)}@${domainOf(from.address)}>`;
}

function listHeaders(digest: Digest, { from, links, unsubscribeAddress }: MessageSettings) {
  const secret = digest.account.unsubscribeSecret;
  const domain = domainOf(from.address);
  return {
    'List-Id': `<digests.${domain}>`, // RFC 2919
    'List-Unsubscribe': `<${links.unsubscribe(secret)}>, <mailto:${unsubscribeAddress}?subject=unsubscribe%20${secret}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', // RFC 8058
    'List-Help': `<${links.help()}>`,
    'Auto-Submitted': 'auto-generated', // RFC 3834
    'X-Auto-Response-Suppress': 'All',
    'Feedback-ID': `${digest.localDate}:digest:kbalertz:${domain}`,
  };
}
