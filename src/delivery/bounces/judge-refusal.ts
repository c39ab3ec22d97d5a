import type { BounceReason } from './bounce-reasons.ts';
import type { BounceKind } from './bounce-report.ts';
import { hasPhrase, readPhrases } from './phrase-patterns.ts';
import { readReasonFromText } from './read-refusal-text.ts';
import { readSmtpCommand } from './read-smtp-command.ts';
import { missingMailboxPhrases } from './refusal-phrases-data.ts';
import {
  isDecisiveStatus,
  readReasonFromReply,
  readReasonFromStatus,
  readStatusCodes,
  type StatusCodes,
} from './status-codes.ts';

export type Refusal = StatusCodes & { readonly kind: BounceKind; readonly reason: BounceReason };

const maxTextLength = 10_000;

const kindOfReason: Readonly<Record<BounceReason, BounceKind>> = {
  'user-unknown': 'hard',
  'host-unknown': 'hard',
  'has-moved': 'hard',
  'not-accepting': 'hard',
  'mailbox-full': 'soft',
  suspended: 'soft',
  filtered: 'soft',
  'too-large': 'soft',
  expired: 'soft',
  network: 'soft',
  system: 'soft',
  mailer: 'soft',
  undefined: 'soft',
  rejected: 'policy',
  relaying: 'policy',
  authentication: 'policy',
  blocked: 'policy',
  rate: 'policy',
  spam: 'policy',
  virus: 'policy',
  content: 'policy',
  policy: 'policy',
  protocol: 'policy',
  complaint: 'complaint',
};

/**
 * What a refusal means, from what the server said, its codes, and the status and action of the report. Words say
 * more than codes, since many servers give one code for everything. A report that delivery is still tried is never a
 * hard bounce; one that gave up on "450 User unknown" is.
 */
export function judgeRefusal(refusal: {
  readonly text: string;
  /** The rest of the report, which may tell the command that was refused. */
  readonly context: string;
  /** The field Status of a delivery status notification, '' without one. */
  readonly status: string;
  readonly isDelayed: boolean;
}): Refusal {
  const text = refusal.text.slice(0, maxTextLength).replace(/\n[ \t]+/g, ' ');
  const inText = readStatusCodes(text);
  const inField = readStatusCodes(refusal.status);
  const status = chooseStatus(inText.status, inField.status);
  const replyCode = inText.replyCode ?? inField.replyCode;
  const reason = chooseReason(
    { text, context: refusal.context.slice(0, maxTextLength) },
    { status, replyCode },
  );
  const isTemporary =
    refusal.isDelayed || (reason === 'not-accepting' && `${status ?? replyCode}`.startsWith('4'));
  const kind = kindOfReason[reason];
  return { status, replyCode, reason, kind: kind === 'hard' && isTemporary ? 'soft' : kind };
}

function chooseReason(refusal: { text: string; context: string }, codes: StatusCodes): BounceReason {
  const said = isDecisiveStatus(codes.status)
    ? readReasonFromStatus(codes.status)
    : readReasonFromText(refusal.text);
  if (said !== null && vagueReasons.has(said) && /^\d\.1\.1$/.test(codes.status ?? '')) return 'user-unknown';
  if (said === 'host-unknown' && codes.status?.startsWith('4')) return 'network';
  if (/user\(s\) account is (?:disabled|temporarily)/i.test(refusal.context)) return 'suspended';
  if (said === 'user-unknown' && !isCertainlyUnknown(refusal, codes)) return 'filtered';
  return said ?? readReasonFromStatus(codes.status) ?? readReasonFromReply(codes.replyCode) ?? 'undefined';
}

/** Words that servers also write beside the code for a missing mailbox, which says more. */
const vagueReasons: ReadonlySet<BounceReason> = new Set([
  'too-large',
  'content',
  'policy',
  'expired',
  'network',
  'protocol',
  'system',
]);

/**
 * A server that knows its users refuses others at RCPT TO or with a code x.1.x. One that says "user unknown" in
 * another place speaks of a filter as often as of a user, so that such words alone end nobody's subscription.
 */
function isCertainlyUnknown(refusal: { text: string; context: string }, { status }: StatusCodes): boolean {
  if (/^[45]\.1\.(?:[0-3]|10|351)$/.test(status ?? '')) return true;
  if (hasPhrase(missingMailbox, `${refusal.text}\n${refusal.context}`)) return true;
  return (readSmtpCommand(refusal.text) ?? readSmtpCommand(refusal.context)) === 'RCPT';
}

const missingMailbox = readPhrases(missingMailboxPhrases);

function chooseStatus(inText: string | null, inField: string | null): string | null {
  if (inText === null) return inField;
  return /^\d\.0\.0$/.test(inText) ? (inField ?? inText) : inText;
}
