import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import type { Channel, ChannelTarget } from '../../alerts/channel.ts';
import type { Digest } from '../../alerts/digest.ts';
import type { ToldFeedback } from '../../alerts/told-feedback.ts';
import { asId } from '../../knowledge/ids.ts';
import { writeChannelMessage } from '../channels/write-channel-message.ts';
import { createMessageLinks } from '../messages/message-settings.ts';
import { writeDigest } from './write-digest.ts';

const links = createMessageLinks('https://kb.example.org');
const settings = {
  from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
  unsubscribeAddress: 'unsubscribe@kb.example.org',
  links,
};

const said = (id: number, more: Partial<ToldFeedback> = {}): ToldFeedback => ({
  id: asId(id),
  articleId: asId(9),
  articleTitle: 'Updates fail',
  authorName: 'Ada',
  outcome: 'yes',
  didHarm: false,
  body: 'I stopped the service.',
  ...more,
});

function digestOf(ones: readonly ToldFeedback[]): Digest {
  const byArticle = Map.groupBy(ones, (one) => one.articleId);
  return {
    id: asId(12),
    localDate: '2026-11-23',
    timeZone: 'Europe/Berlin',
    plannedAt: asId(Date.parse('2026-11-23T06:00:00Z')),
    previousPlannedAt: asId(Date.parse('2026-11-22T06:00:00Z')),
    account: { id: asId(1), address: 'ada@example.org', digestHour: 7, unsubscribeSecret: 's3cret' },
    groups: [],
    bulkEdits: [],
    feedback: [...byArticle].map(([articleId, some]) => ({
      articleId,
      articleTitle: some[0]?.articleTitle ?? '',
      said: some,
    })),
    count: ones.length,
  };
}

const read = async (digest: Digest) => {
  const { content } = await writeDigest(digest, settings);
  return simpleParser(Buffer.from(content));
};

const hostile = {
  articleTitle: '<!channel> & <b>bold</b>',
  authorName: '<img src=x onerror=alert(1)>',
  body: '<script>alert(1)</script>\r\nBcc: all@example.org\n"quoted" [x](javascript:alert(1))',
};

describe('what readers said, in a mail', () => {
  test('reads well as text, with a link to each', async () => {
    const mail = await read(
      digestOf([said(1), said(2, { authorName: '', outcome: 'no', body: '' }), said(3, { didHarm: true })]),
    );
    expect(mail.subject).toBe('Feedback from 3 readers: Updates fail');
    expect(mail.text).toContain('Since yesterday 3 readers told whether a fix worked.');
    expect(mail.text).toContain(
      [
        'WHAT READERS SAY',
        '',
        '  Updates fail',
        '  3 readers: 1 worked, 1 did not work and 1 made it worse',
        '    Ada: worked — I stopped the service.',
        '      https://kb.example.org/a/9#f1',
        '    Anonymous: did not work',
        '      https://kb.example.org/a/9#f2',
        '    Ada: made it worse — I stopped the service.',
        '      https://kb.example.org/a/9#f3',
      ].join('\n'),
    );
    expect(mail.text).toContain('You get this because you follow Updates fail.');
    expect(mail.html).toContain('href="https://kb.example.org/a/9#f2"');
  });

  test('is escaped, in one line each, and cut', async () => {
    const mail = await read(digestOf([said(1, { ...hostile, body: hostile.body + ' word'.repeat(300) })]));
    expect(mail.html).not.toMatch(/<script|<img|<b>bold|<!channel/);
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; Bcc: all@example.org');
    expect(mail.bcc).toBeUndefined();
    expect(mail.text?.length).toBeLessThan(1500);
  });

  test('of very many stays small and says that there is more', async () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      said(n, { articleId: asId(n % 30), articleTitle: 'é'.repeat(300), body: '"&<é'.repeat(200) }),
    );
    const { content } = await writeDigest(digestOf(many), settings);
    const mail = await simpleParser(Buffer.from(content));
    expect(Buffer.byteLength(mail.html || '')).toBeLessThan(90_000);
    expect(mail.text).toContain('All: https://kb.example.org/a/0#feedback');
    expect(mail.text).toContain('And of 20 more articles that you follow.');
  });
});

describe('what readers said, by a channel', () => {
  const push = { kind: 'push', url: 'https://push.example.org/x', p256dh: 'p', auth: 'a' } as const;
  const targets: readonly ChannelTarget[] = [
    { kind: 'webhook', url: 'https://hook.example.org/x', secret: 's' },
    { kind: 'slack', url: 'https://hooks.slack.com/x' },
    { kind: 'teams', url: 'https://teams.example.org/x' },
    push,
  ];
  const writeTo = (target: ChannelTarget, digest: Digest) => {
    const channel: Channel = {
      id: asId(1),
      accountId: asId(1),
      name: 'ours',
      target,
      state: 'active',
      problem: null,
      testedAt: null,
      createdAt: asId(0),
    };
    const message = writeChannelMessage(digest, channel, links);
    return { subject: message.subject, text: Buffer.from(message.content).toString() };
  };

  test.each(targets)('is told by $kind, with how many and where', (target) => {
    const { subject, text } = writeTo(target, digestOf([said(1), said(2, { outcome: 'no' })]));
    expect(subject).toBe('Feedback from 2 readers: Updates fail');
    expect(text).toContain('2 readers: 1 worked and 1 did not work');
    if (target.kind !== 'push') expect(text).toContain('https://kb.example.org/a/9#feedback');
  });

  test('breaks out of nothing in Slack', () => {
    const { text } = writeTo(
      { kind: 'slack', url: 'https://hooks.slack.com/x' },
      digestOf([said(1, hostile)]),
    );
    expect(JSON.parse(text).text).not.toContain('<!channel>');
    const sections: string[] = JSON.parse(text).blocks.flatMap(
      (block: { text?: { type: string; text: string } }) =>
        block.text?.type === 'mrkdwn' ? [block.text.text] : [],
    );
    expect(sections.join('\n')).toContain('&lt;script&gt;');
    expect(sections.join('\n')).not.toMatch(/<!|<img|<script/);
  });
});
