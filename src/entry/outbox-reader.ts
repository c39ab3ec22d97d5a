import { asId, type Instant } from '../knowledge/ids.ts';
import type { Outbox as KeptOutbox } from '../store/outbox.ts';
import type { Outbox } from '../web/administration-ports.ts';

/** Shows the messages of the outbox as a mail program would: their text, their HTML and their source. */
export function createOutboxReader(kept: KeptOutbox): Outbox {
  return {
    async listMessages(limit) {
      const entries = await kept.listOutbox({ limit, before: null });
      return entries.map(({ acceptedAt, ...entry }) => ({ ...entry, createdAt: acceptedAt }));
    },
    async findMessage(id) {
      const bytes = await kept.loadOutboxMessage(id);
      if (bytes === null) return null;
      const source = Buffer.from(bytes);
      const { simpleParser } = await import('mailparser'); // large, and few ever open a message
      const mail = await simpleParser(source, { skipTextToHtml: true, skipImageLinks: true });
      const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
      return {
        id,
        address: to?.text ?? '',
        subject: mail.subject ?? '',
        createdAt: asId<Instant>(mail.date?.getTime() ?? 0),
        text: mail.text ?? '',
        html: mail.html === false || mail.html === undefined ? null : mail.html,
        source: source.toString('utf8'),
      };
    },
  };
}
