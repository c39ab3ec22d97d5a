/** How mails look that are about the delivery of others; phrase-patterns.ts explains the notation. */

/** Names and addresses that servers send reports from. */
export const reporterNames = `
  mailer[-_ ]?daemon | mail-daemon | mdaemon | post ?master | mail ?delivery | delivery (?:system|subsystem|status)
  mail ?(?:system|administrator|admin|robot|daemon) | system administrator | mailgateway | mrelay | bounce
  microsoft ?exchange | notification.{0,10}system | virus | mmdf | mail router
`;

/** Subjects of reports that a delivery failed. */
export const failureSubjects = `
  undeliver | not deliver | non[- ]?deliver | unable to deliver | returned (?:mail|to sender|message) | returned:
  deliver(?:y|ed)? … fail | error | problem | notif | status | report | delay | impossible | denied | incomplete | unsuccess
  fail(?:ed|ure)? … deliver | notice | mail | message | send
  mail (?:fail|error|could) | message (?:you sent|status|delivery|not|could|rejected|undelivered)
  could ?n[o']t (?:be )?(?:send|sent|deliver) | user unknown | warning: (?:message|could) | mailbox (?:full|unavailable)
  bounce | rejected | delivery | postmaster notify | problems? delivering | error sending | loop alert | not (?:a )?member
  配信 | エラー | unzustellbar | échec | fallo | remise
`;

/** What reports that a delivery failed say. */
export const failureTexts = String.raw`
  (?:could|can|did|was|were|is|are|been|has) ?n(?:ot|['’]t) (?:be |been )?(?:able to )?(?:deliver|sent|send|reach)
  delivery (?:to|of|has|was|status|failed|attempt) … fail | not | error | problem | delay | impossible
  undeliver | not deliver | unable to deliver | not been delivered | unable to (?:send|be sent) | could not be | trouble delivering
  (?:permanent|fatal|transient|delivery) (?:error|failure) | permanent errors? | error sending | smtp error | remote host said
  returned (?:to sender|message|mail|unopened) | failed (?:to deliver|recipient|address|permanently) | rejected (?:by|your)
  user unknown | unknown user | mailbox (?:is )?full | bounce | incorrectly constructed | duplicated message-id | not a member
  (?:following|these) (?:address|recipient|destination) | [45]\.\d\.\d\b
  配信 | 届け | 届きません | 送信できません
`;

/** How subjects of automatic replies begin. */
export const autoReplySubjects = String.raw`
  ^(?:\s*(?:re|aw)\s*:)?\s*\[?auto
  ^(?:\s*(?:re|aw)\s*:)?\s*(?:out of (?:the )?office|vacation|away from|on (?:vacation|holiday|leave))
  ^(?:\s*(?:re|aw)\s*:)?\s*(?:abwesenheit|réponse automatique|absence|respuesta autom|risposta automatica|自動|不在)
`;
