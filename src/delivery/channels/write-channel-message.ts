import { createHash } from 'node:crypto';
import { type Channel, type ChannelKind, nameChannel } from '../../alerts/channel.ts';
import type { Digest } from '../../alerts/digest.ts';
import type { WrittenMessage } from '../../alerts/digest-desk.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten } from '../messages/plain-text.ts';
import { type DigestFacts, listDigestFacts } from './digest-facts.ts';
import { renderSlack } from './render-slack.ts';
import { renderTeams } from './render-teams.ts';

/** Teams takes 28 KB; push services 4 KB, encrypted; of the others we ask no more than a person may read. */
const maxBytes: Readonly<Record<ChannelKind, number>> = {
  webhook: 100_000,
  slack: 60_000,
  teams: 16_000,
  push: 2_000,
};

/** What a digest says by the channel: the same bytes for the same digest and channel, whenever they are written. */
export function writeChannelMessage(digest: Digest, channel: Channel, links: MessageLinks): WrittenMessage {
  const { kind } = channel.target;
  const facts = listDigestFacts(digest, links, maxBytes[kind]);
  const messageId = nameMessage(digest, channel);
  const body = renderBody(kind, digest, { facts, messageId });
  return {
    messageId,
    // The host alone: the rest of the address is a secret, and the ledger is shown to administrators.
    address: new URL(channel.target.url).host,
    subject: facts.title,
    content: Buffer.from(JSON.stringify(body)),
  };
}

/** Unguessable, and the same at every attempt. */
function nameMessage({ id, account, localDate }: Digest, channel: Channel): string {
  const hash = createHash('sha256')
    .update(`${account.unsubscribeSecret} ${localDate} ${id} ${nameChannel(channel)}`)
    .digest('hex');
  return `digest_${id}_${hash.slice(0, 20)}`;
}

function renderBody(
  kind: ChannelKind,
  digest: Digest,
  { facts, messageId }: { readonly facts: DigestFacts; readonly messageId: string },
): unknown {
  switch (kind) {
    case 'webhook':
      return {
        type: 'digest.created',
        timestamp: new Date(digest.plannedAt).toISOString(),
        data: {
          id: String(digest.id),
          localDate: digest.localDate,
          timeZone: digest.timeZone,
          count: digest.count,
          ...facts,
        },
      };
    case 'slack':
      return renderSlack(facts);
    case 'teams':
      return renderTeams(facts);
    case 'push':
      return {
        title: shorten(facts.title, 120),
        body: shorten(listTitles(facts), 400),
        url: facts.url,
        tag: messageId,
      };
  }
}

function listTitles({ groups, bulkEdits, feedback, summary }: DigestFacts): string {
  const titles = [
    ...groups.flatMap(({ entries }) => entries.map(({ label, title }) => `${label}: ${title}`)),
    ...bulkEdits.map(({ sentence }) => sentence),
    ...feedback.map(({ title, tally }) => `${tally} on ${title}`),
  ];
  return titles.length === 0 ? summary : titles.slice(0, 4).join('\n');
}
