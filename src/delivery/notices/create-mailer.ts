import { randomBytes } from 'node:crypto';
import type { Clock } from '../../knowledge/clock.ts';
import type { AccountId, Instant } from '../../knowledge/ids.ts';
import { composeMessage } from '../messages/compose-message.ts';
import { domainOf, type MessageSettings } from '../messages/message-settings.ts';
import { toLine } from '../messages/plain-text.ts';
import { type Notice, wordNotice } from './notice-wording.ts';
import { renderNoticeHtml, renderNoticeText } from './render-notice.ts';

/** Keeps written notices until they are sent. `suppressed`: the address must not be mailed, and nothing was kept. */
export type NoticeShelf = {
  insertNotice(notice: {
    readonly accountId: AccountId | null;
    readonly address: string;
    readonly addressKey: string;
    readonly kind: string;
    readonly subject: string;
    readonly messageId: string;
    readonly message: Uint8Array;
    readonly createdAt: Instant;
  }): Promise<'queued' | 'suppressed'>;
};

/** Writes notices and queues them: the mailer of the accounts, and of notes to administrators. */
export function createMailer(parts: {
  readonly shelf: NoticeShelf;
  readonly settings: MessageSettings;
  readonly clock: Clock;
  /** The form in which two addresses are the same person's. */
  readonly keyOf: (address: string) => string;
}): {
  queueNotice(request: {
    readonly accountId: AccountId | null;
    readonly address: string;
    readonly notice: Notice;
  }): Promise<void>;
} {
  const { shelf, settings, clock, keyOf } = parts;
  const domain = domainOf(settings.from.address);
  return {
    async queueNotice({ accountId, address, notice }) {
      const now = clock.now();
      const content = wordNotice(notice, new URL(settings.links.home()).host);
      const subject = toLine(content.subject);
      const messageId = `<notice.${randomBytes(12).toString('hex')}@${domain}>`;
      const written = {
        from: settings.from,
        to: address,
        subject,
        date: now,
        messageId,
        text: renderNoticeText(content),
        html: renderNoticeHtml(content),
        headers: {
          'Auto-Submitted': 'auto-generated', // RFC 3834
          'X-Auto-Response-Suppress': 'All',
          'Feedback-ID': `${notice.kind}:notice:kbalertz:${domain}`,
        },
      };
      const message = await composeMessage(written, settings.dkimKeys);
      const addressKey = keyOf(address);
      const { kind } = notice;
      await shelf.insertNotice({
        accountId,
        address,
        addressKey,
        kind,
        subject,
        messageId,
        message,
        createdAt: now,
      });
    },
  };
}
