import { decodeWords, headerOf } from './mail-headers.ts';
import type { Mail } from './mail-parts.ts';
import { autoReplySubjects, failureSubjects, failureTexts, reporterNames } from './mail-wording-data.ts';
import { hasPhrase, readPhrases } from './phrase-patterns.ts';

const reporters = readPhrases(reporterNames);
const failedSubjects = readPhrases(failureSubjects);
const failedTexts = readPhrases(failureTexts);
const autoSubjects = readPhrases(autoReplySubjects);

const maxTextLength = 20_000;

/** What a mail looks like before its recipients are read. */
export type MailNature = 'report' | 'complaint' | 'other';

/**
 * Whether a mail is a report of a delivery that failed, a complaint, or anything else: a person's reply, a notice of
 * absence (RFC 3834), a forwarded bounce. `report` is its text without the message that came back.
 */
export function recogniseMail(mail: Mail, report: string): MailNature {
  const { headers } = mail;
  const types = new Set(mail.parts.map((part) => part.type));
  const subject = decodeWords(headerOf(headers, 'subject')).slice(0, 500);
  const text = report.slice(0, maxTextLength);
  if (isComplaint(mail, subject, types)) return 'complaint';
  if (types.has('message/delivery-status') || types.has('message/global-delivery-status')) return 'report';
  if (headers.has('x-failed-recipients') || text.includes('"notificationType"')) return 'report';
  if (/^(?:Final|Original)-Recipient:/im.test(text) && /^(?:Status|Action|Diagnostic-Code):/im.test(text))
    return 'report';
  const isFromReporter =
    hasPhrase(reporters, decodeWords(headerOf(headers, 'from')).slice(0, 500)) ||
    /^<>?$/.test(headerOf(headers, 'return-path'));
  const saysFailed = hasPhrase(failedSubjects, subject);
  const tellsFailed = hasPhrase(failedTexts, text);
  if (isAutoReply(mail, subject) && !(saysFailed && tellsFailed)) return 'other';
  if (/^\s*(?:(?:re|aw|sv|fwd?|wg)\s*:|report domain:)/i.test(subject)) return 'other';
  return [isFromReporter, saysFailed, tellsFailed].filter(Boolean).length >= 2 ? 'report' : 'other';
}

/** The format of RFC 5965, the older reports of Hotmail, and the one click in Apple's mail program. */
function isComplaint({ headers }: Mail, subject: string, types: ReadonlySet<string>): boolean {
  return (
    types.has('message/feedback-report') ||
    headers.has('feedback-type') ||
    headers.has('x-apple-unsubscribe') ||
    (/^complaint about message/i.test(subject) && /^[^@]*\bstaff@/i.test(headerOf(headers, 'from')))
  );
}

function isAutoReply({ headers }: Mail, subject: string): boolean {
  return (
    /auto-replied/i.test(headerOf(headers, 'auto-submitted')) ||
    hasPhrase(autoSubjects, subject) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-apple-action'].some((name) => headers.has(name)) ||
    /auto_reply/i.test(headerOf(headers, 'precedence'))
  );
}
