import { decodeWords, headerOf } from './mail-headers.ts';
import type { Mail } from './mail-parts.ts';

const reporterName =
  /mailer[-_ ]?daemon|post ?master|mail ?delivery|delivery (?:system|subsystem|status)|mail ?(?:system|administrator|admin|robot|daemon)|system administrator|mailgateway|mail-daemon|mrelay|bounce|microsoft ?exchange|notification.{0,10}system|mdaemon|virus|mmdf|mail router/i;
const failureSubject =
  /undeliver|not deliver|non[- ]?deliver|deliver(?:y|ed)?[^\n]{0,30}(?:fail|error|problem|notif|status|report|delay|impossible|denied|incomplete|unsuccess)|fail(?:ed|ure)?[^\n]{0,30}(?:deliver|notice|mail|message|send)|returned (?:mail|to sender|message)|mail (?:fail|error|could)|message (?:you sent|status|delivery|not|could|rejected|undelivered)|unable to deliver|could ?n[o']t (?:be )?(?:send|sent|deliver)|user unknown|warning: (?:message|could)|mailbox (?:full|unavailable)|bounce|rejected|returned:|delivery|postmaster notify|problem(?:s)? delivering|error sending|loop alert|not (?:a )?member|配信|エラー|unzustellbar|échec|fallo|remise/i;
const failureText =
  /(?:could|can|did|was|were|is|are|been|has) ?(?:not|n't|n’t) (?:be |been )?(?:able to )?(?:deliver|sent|send|reach)|undeliver|delivery (?:to|of|has|was|status|failed|attempt)[^\n]{0,60}(?:fail|not|error|problem|delay|impossible)|(?:permanent|fatal|transient|delivery) (?:error|failure)|returned (?:to sender|message|mail|unopened)|unable to deliver|failed (?:to deliver|recipient|address|permanently)|not deliver|rejected (?:by|your)|user unknown|unknown user|mailbox (?:is )?full|bounce|(?:following|these) (?:address|recipient|destination)|not been delivered|unable to (?:send|be sent)|SMTP error|remote host said|[45]\.\d\.\d\b|配信|届け|could not be|trouble delivering|permanent errors?|error sending|incorrectly constructed|duplicated message-id|not a member|届きません|送信できません/i;
const autoReplySubject =
  /^(?:\s*(?:re|aw)\s*:)?\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|respon|answer|antwort)|out of (?:the )?office|vacation|away from|on (?:vacation|holiday|leave)|abwesenheit|réponse automatique|absence|respuesta autom|risposta automatica|自動|不在|\[?auto)/i;

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
    reporterName.test(decodeWords(headerOf(headers, 'from'))) ||
    /^<>?$/.test(headerOf(headers, 'return-path'));
  const saysFailed = failureSubject.test(subject);
  const tellsFailed = failureText.test(text);
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
    autoReplySubject.test(subject) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-apple-action'].some((name) => headers.has(name)) ||
    /auto_reply/i.test(headerOf(headers, 'precedence'))
  );
}
