import type { ChannelKind } from '../../alerts/channel.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { renderSlack } from './render-slack.ts';
import { renderTeams } from './render-teams.ts';

/** What "Send a test" sends: a message like a digest's that says that it is none. */
export function writeTestMessage(kind: ChannelKind, links: MessageLinks, nowMs: number): Uint8Array {
  const site = new URL(links.home()).host;
  const facts = {
    title: `A test from ${site}`,
    summary: 'It arrived: your digests come here from now on, at most one a day and none on quiet days.',
    url: links.settings(),
    groups: [],
    bulkEdits: [],
    feedback: [],
    leftOut: 0,
  };
  const bodies = {
    webhook: () => ({
      type: 'test',
      timestamp: new Date(nowMs).toISOString(),
      data: { title: facts.title, summary: facts.summary, url: facts.url },
    }),
    slack: () => renderSlack(facts),
    teams: () => renderTeams(facts),
    push: () => ({ title: facts.title, body: facts.summary, url: facts.url, tag: 'test' }),
  };
  return Buffer.from(JSON.stringify(bodies[kind]()));
}
