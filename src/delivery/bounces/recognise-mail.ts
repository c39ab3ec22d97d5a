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

/** What a mail looks like before its recipients are read. */
export type MailNature = 'report' | 'complaint' | 'other';

/**
 * Whether a mail is a report of a delivery that failed, a complaint, or anything else: a person's reply, a notice of
 * absence (RFC 3834), a forwarded bounce. `report` is its text without the message that came back.
 */
export function recogniseMail(mail: Mail, report: string): MailNature {
  const types = mail.parts.map((part) => part.type);
  if (types.includes('message/feedback-report')) return 'complaint';
  const subject = decodeWords(headerOf(mail.headers, 'subject'));
  if (/^complaint about (?:message|spam)|abuse report/i.test(subject) || mail.headers.has('feedback-type'))
    return 'complaint';
  if (types.some((type) => type === 'message/delivery-status' || type === 'message/global-delivery-status'))
    return 'report';
  if (mail.headers.has('x-failed-recipients')) return 'report';
  if (/^(?:Final|Original)-Recipient:/im.test(report) && /^(?:Status|Action|Diagnostic-Code):/im.test(report))
    return 'report';
  const isFromReporter =
    reporterName.test(headerOf(mail.headers, 'from')) || /^<>?$/.test(headerOf(mail.headers, 'return-path'));
  const isAutoReply =
    /auto-replied/i.test(headerOf(mail.headers, 'auto-submitted')) ||
    autoReplySubject.test(subject) ||
    mail.headers.has('x-autoreply') ||
    mail.headers.has('x-autorespond') ||
    /auto_reply/i.test(headerOf(mail.headers, 'precedence'));
  const hasFailed = failureText.test(report);
  if (isAutoReply && !(failureSubject.test(subject) && hasFailed)) return 'other';
  const evidence = [isFromReporter, failureSubject.test(subject), hasFailed].filter(Boolean).length;
  return evidence >= 2 ? 'report' : 'other';
}
