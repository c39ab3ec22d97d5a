import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { asId } from '../../knowledge/ids.ts';
import { createMessageLinks } from '../messages/message-settings.ts';
import { createMailer, type NoticeShelf } from './create-mailer.ts';
import type { Notice } from './notice-wording.ts';

type Kept = Parameters<NoticeShelf['insertNotice']>[0];

async function write(notice: Notice, address = 'ada@example.org') {
  const kept: Kept[] = [];
  const mailer = createMailer({
    shelf: {
      insertNotice: async (one) => {
        kept.push(one);
        return 'queued';
      },
    },
    settings: {
      from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
      unsubscribeAddress: 'unsubscribe@kb.example.org',
      links: createMessageLinks('https://kb.example.org'),
    },
    clock: { now: () => asId(Date.parse('2026-03-02T07:00:00Z')) },
    keyOf: (text) => text.toLowerCase(),
  });
  await mailer.queueNotice({ accountId: null, address, notice });
  const [one] = kept;
  if (!one) throw new Error('nothing was kept');
  return { kept: one, mail: await simpleParser(Buffer.from(one.message)) };
}

const link = 'https://kb.example.org/confirm/abc?x=1&y=2';
const expiresAt = asId<never>(Date.parse('2026-03-03T07:00:00Z'));
const notices: Notice[] = [
  { kind: 'confirm-address', link, expiresAt },
  { kind: 'already-signed-up', link, expiresAt },
  { kind: 'sign-in', link, expiresAt },
  { kind: 'address-tried-again', link, expiresAt },
  { kind: 'connect-provider', provider: 'Contoso', link, expiresAt },
  { kind: 'confirm-new-address', link, expiresAt },
  { kind: 'confirm-team-mailbox', team: 'Mail <b>', link, expiresAt },
  { kind: 'team-invitation', team: 'Mail', inviter: 'bob@example.org', link, expiresAt },
  { kind: 'team-report', team: 'Mail', week: '2 March 2026', sentences: ['3 entries.'], link },
  { kind: 'address-changed', newAddress: 'new@example.org' },
  { kind: 'password-changed' },
  { kind: 'sign-in-method-changed', what: 'The passkey “Laptop” was added to your account.' },
  { kind: 'feedback-note', subject: 'About your feedback', paragraphs: ['It is shown now.'], link },
  {
    kind: 'administrator-note',
    subject: 'The scan of exchange is held',
    paragraphs: ['It saw 3 articles.'],
    link,
  },
];

test.each(notices)('writes $kind as text and HTML, with its link in both', async (notice) => {
  const { kept, mail } = await write(notice, 'Ada@example.org');
  expect(kept).toMatchObject({
    address: 'Ada@example.org',
    addressKey: 'ada@example.org',
    kind: notice.kind,
  });
  expect(mail.subject).toBe(kept.subject);
  expect(mail.messageId).toBe(kept.messageId);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.has('list-unsubscribe')).toBe(false);
  if ('link' in notice) {
    expect(mail.text).toContain(`\n${link}\n`);
    expect(mail.html).toContain('href="https://kb.example.org/confirm/abc?x=1&amp;y=2"');
  }
  for (const line of mail.text?.split('\n') ?? [])
    if (!line.includes('https:')) expect(line.length).toBeLessThan(73);
});

test('lets no text add a header or markup', async () => {
  const hostile = 'x\r\nBcc: eve@example.org\r\n\r\n<script>';
  const { mail } = await write({
    kind: 'administrator-note',
    subject: hostile,
    paragraphs: [hostile],
    link: null,
  });
  expect(mail.bcc).toBeUndefined();
  expect(mail.subject).toBe('x Bcc: eve@example.org <script>');
  expect(mail.html).not.toContain('<script');
});

test('a notice has the headers of one letter to one reader, whatever its texts say', async () => {
  const evil = 'Mail\r\nBcc: eve@example.org\r\n\r\n<script>';
  const { kept, mail } = await write({ kind: 'confirm-team-mailbox', team: evil, link, expiresAt });
  expect(kept.subject).not.toMatch(/[\r\n]/);
  expect(mail.bcc).toBeUndefined();
  expect(mail.to).toMatchObject({ value: [{ address: 'ada@example.org' }] });
  expect(mail.headers.get('feedback-id')).toBe('confirm-team-mailbox:notice:kbalertz:kb.example.org');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.messageId).toMatch(/^<notice\.[0-9a-f]{24}@kb\.example\.org>$/);
  expect(mail.html).not.toContain('<script>');
});
