import { headerOf } from '../bounces/mail-headers.ts';
import { readMailParts } from '../bounces/mail-parts.ts';
import { readBounce } from '../bounces/read-bounce.ts';
import type { BounceDesk } from './bounce-desk.ts';
import type { LetterName, ReturnAddress } from './envelope-sender.ts';

/** What a mail to the bounce mailbox came to. */
export type ReturnedMailOutcome =
  | 'suppressed'
  | 'counted'
  | 'domain-paused'
  | 'unsubscribed'
  /** No bounce, no complaint, no request: an automatic answer, say. */
  | 'nothing'
  /** It says that it is about a letter, or from an account, that we do not know. */
  | 'unknown';

/** Letters as the returned mail may name them. */
export type LetterFinder = {
  findLetter(kind: LetterName['kind'], id: number): Promise<{ readonly address: string } | null>;
  /** `messageId` with its angle brackets. */
  findLetterByMessageId(messageId: string): Promise<{ readonly address: string } | null>;
};

/**
 * Takes one mail that came to the bounce mailbox. Whom it is about is never taken from what the mail says, but from
 * what only we could have written: the signed recipient, or the Message-ID of the letter, which nobody can guess.
 */
export async function takeReturnedMail(
  parts: {
    readonly desk: BounceDesk;
    readonly letters: LetterFinder;
    /** Stops all digests of the account whose mails carry the secret; false: there is none. */
    readonly unsubscribe: (secret: string) => Promise<boolean>;
  },
  to: ReturnAddress,
  raw: Uint8Array,
): Promise<ReturnedMailOutcome> {
  const { desk, letters, unsubscribe } = parts;
  if (to.kind === 'unsubscribe') {
    const secret = findSecret(raw);
    return secret !== null && (await unsubscribe(secret)) ? 'unsubscribed' : 'unknown';
  }
  const report = readBounce(raw);
  if (report.kind === 'none') return 'nothing';
  const { originalMessageId } = report;
  const letter =
    to.kind === 'bounce'
      ? await letters.findLetter(to.letter.kind, to.letter.id)
      : originalMessageId === null
        ? null
        : await letters.findLetterByMessageId(`<${originalMessageId}>`);
  if (letter === null) return 'unknown';
  if (to.kind === 'complaint' && report.kind !== 'complaint') return 'nothing';
  const said = report.recipients.find((recipient) => recipient.kind === report.kind);
  if (said === undefined && report.kind !== 'complaint') return 'nothing';
  // Still being tried: what becomes of it is told in another report.
  if (said?.action === 'delayed') return 'nothing';
  return desk.takeBounce({
    address: letter.address,
    kind: report.kind,
    reason: said?.reason ?? 'complaint',
    status: said?.status ?? null,
    diagnostic: said?.diagnostic ?? '',
  });
}

/** The secret is in the subject, where our link puts it; some mail programs move it into the text. */
function findSecret(raw: Uint8Array): string | null {
  const mail = readMailParts(raw.subarray(0, 100_000));
  const texts = [headerOf(mail.headers, 'subject'), ...mail.parts.map((part) => part.text.slice(0, 2000))];
  for (const text of texts) {
    const [, secret] = /unsubscribe[\s=:+-]{1,4}([A-Za-z0-9_-]{16,100})(?![A-Za-z0-9_-])/i.exec(text) ?? [];
    if (secret !== undefined) return secret;
  }
  return null;
}
