import MailComposer from 'nodemailer/lib/mail-composer';
import { type DkimKey, signMessage } from '../signing/sign-message.ts';
import { toLine } from './plain-text.ts';

/** A message in parts, before it is bytes. */
export type MessageParts = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  /** Milliseconds; the Date header says it in seconds. */
  readonly date: number;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * The bytes of a multipart message (RFC 5322, 2045), the same for the same parts: date, Message-ID and boundary come
 * from them. Signed with each of the keys. Addresses are given as objects and lines are folded here, so that no text can add a header or a recipient.
 */
export async function composeMessage(
  parts: MessageParts,
  dkimKeys: readonly DkimKey[] = [],
): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: { name: toLine(parts.from.name), address: parts.from.address },
    to: { name: '', address: parts.to },
    subject: toLine(parts.subject),
    date: new Date(parts.date),
    messageId: parts.messageId,
    headers: Object.entries(parts.headers).map(([key, value]) => ({ key, value: toLine(value) })),
    text: parts.text,
    html: parts.html,
    textEncoding: 'quoted-printable',
    baseBoundary: parts.messageId.replace(/[^a-z0-9]/gi, '').slice(0, 40),
    boundaryPrefix: '--kbalertz',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return signMessage(await composer.compile().build(), { keys: dkimKeys, signedAt: parts.date });
}
