/** Why a message came back, in our own words; `kindOfReason` says what follows from it. */
export const bounceReasons = [
  'user-unknown',
  'host-unknown',
  'has-moved',
  'not-accepting',
  'mailbox-full',
  'suspended',
  'filtered',
  'too-large',
  'expired',
  'network',
  'system',
  'mailer',
  'rejected',
  'relaying',
  'authentication',
  'blocked',
  'rate',
  'spam',
  'virus',
  'content',
  'policy',
  'protocol',
  'undefined',
  'complaint',
] as const;
export type BounceReason = (typeof bounceReasons)[number];

type Rule = readonly [BounceReason, readonly RegExp[]];

const who =
  '(?:user(?: ?name)?|users|account|address(?:es)?|addressee|mail ?box|mail ?drop|inbox|recipients?|e-?mail(?: account| address)?|alias|person|customer|subscriber|destination|login|local[ -]part|member|destinataire|empf(?:ae|ä)nger|usuario|destinatario)';

/**
 * What servers write, from the most telling to the vaguest: the first rule that matches decides. A refusal of the
 * sender stands before one of the recipient, since "Sender address rejected: Domain not found" is about the sender,
 * and a full mailbox before a missing one, since both begin with the same code in many servers.
 */
const rules: readonly Rule[] = [
  ['mailer', [/^\s*(?:procmail|maildrop|deliver|vdelivermail): /i]],
  [
    'authentication',
    [
      /\bDMARC\b|\bDKIM\b|\bDomainKeys\b|\bSPF\b|sender policy framework|sender[ -]?id\b.*(?:fail|not permitted)/i,
      /(?:unauthenticated|authentication[ -]results?).{0,60}(?:fail|not accepted|rejected|prohibit)|(?:fails? (?:to pass )?)?authentication checks|does(?: not|n't) pass authentication/i,
      /not (?:authorized|allowed|permitted) to (?:use|send) .{0,40}(?:domain|from this|as this)|spoof|forged (?:sender|mail)/i,
    ],
  ],
  [
    'blocked',
    [
      /\b(?:reverse dns|rdns|ptr)\b|(?:find|resolve|verify) your (?:hostname|reverse|ip|domain name)|client host rejected|fix reverse|no (?:dns )?name for (?:the )?(?:ip|client)|unresolvable (?:relay|client|ip)/i,
      /(?:black|block|deny|reject)[ -]?list|\bR?BL\b|dnsbl|\bblocked (?:using|by|for|due|because)|spamhaus|spamcop|sorbs|barracudacentral|senderbase|cloudmark|proofpoint\.com|trend ?micro.*reputation/i,
      /\b(?:ip|host|server|connection|client|network|sending ip|your mail server|sender'?s? ip)\b.{0,60}\b(?:is|was|has been|are|been)? ?(?:blocked|banned|listed|denied|refused by|not (?:allowed|welcome)|bad reputation|poor reputation|rejected)/i,
      /banned sending ip|(?:bad|poor|low|due to) (?:ip )?reputation|reputation.{0,30}(?:low|poor|bad)|access denied\.{3}|connection(?:s)? (?:refused|not accepted|denied|dropped|rejected) (?:by|from|due|for)|not allowed to connect|dynamic(?:ally)? (?:assigned )?(?:ip|address)|residential|please use the smtp server of your isp|get out of here|too many spam|bad (?:helo|ehlo)|(?:helo|ehlo) (?:command )?(?:rejected|invalid|name)|you are not allowed to|sending mta|unsolicited mail originating from your ip/i,
    ],
  ],
  [
    'rate',
    [
      /too many (?:connections?|messages|emails?|mails?|recipients|sessions|errors|invalid|concurrent|smtp)|rate[ -]?limit|throttl|(?:sending|relay|daily|hourly|delivery) (?:rate|quota|limit).{0,30}exceed|reached (?:your|the|its) (?:daily|hourly|sending|relay)|exceeded .{0,40}(?:connection|recipients|messages per|rate)|slow down|try again later.{0,20}too (?:fast|many|quick)|sent too (?:many|fast)|greylist|graylist|temporarily deferred due to|unusual rate/i,
    ],
  ],
  [
    'relaying',
    [
      /relay(?:ing)?[^.\n]{0,40}(?:denied|prohibited|not (?:allowed|permitted|possible)|not |deni|disabled|rejected|attempted)|(?:denied|unable to|cannot|may not|not (?:allowed|permitted|authorized) to|does not|we do not|no) relay|not (?:an? )?(?:open|local) relay|not a gateway|domain isn't in my list of allowed rcpthosts|isn't in my control|must (?:be )?authenticate|not local domain|insecure mail relay|this system is not configured to relay/i,
    ],
  ],
  [
    'rejected',
    [
      /(?:sender(?:'s)?|return[ -]path|envelope from|mail from|from:?|originator|reverse-path)(?: e-?mail)?(?: address| domain)?[^.\n]{0,60}(?:rejected|denied|not (?:exist|found|accepted|allowed|valid|authorized|permitted)|does ?n[o']t (?:exist|resolve)|invalid|refused|must (?:exist|resolve)|blacklisted|blocked|verif(?:y|ication) failed|couldn't be verified|could not be verified|syntax)/i,
      /(?:domain of sender|sender verify|verify sender|address of the sender|unknown sender|invalid sender|bad sender|sender is (?:not|denied)|sender denied|null sender|empty envelope|blank sender|authenticated sender|rejects? (?:mail|messages?) from (?:you|this|sender)|does(?: not|n't) accept (?:mail|email|messages?) from (?!the internet)|not (?:on|in) (?:the )?(?:accept|allowed|white)|RESOLVER\.RST|only accepts? (?:mail|messages) from|internal senders|permission to send|sender not authenticated|not allowed to send|refused? (?:mail )?from (?:you|your domain)|backscatter|must have a valid (?:mx|sender))/i,
    ],
  ],
  [
    'mailbox-full',
    [
      /(?:mail ?box|inbox|account|user'?s?|recipient'?s?|disk|storage|maildir|mail ?(?:folder|directory|store|spool|file)|bo[iî]te)\b[^\n]{0,80}(?:\bfull\b|over[ -]?(?:quota|its|the|limit|disk|drawn|allocated)|exceed(?:s|ed|ing)?\b|out of (?:storage|space|quota)|too (?:full|large|much mail)|at its limit|pleine|has reached (?:its|the|their) (?:quota|limit|maximum))/i,
      /over ?quota|quota[ -]?(?:has been |was |is )?(?:exceed|violat|limit|full|would|over)|(?:exceed(?:s|ed|ing)?|violat\w*|over|beyond|maximum|out of|insufficient)[^\n]{0,50}\bquota|quota exceeded|\bexceeded\b[^\n]{0,40}(?:storage|mailbox|local limit|allocation|space)|mailbox[ _-]?full|mail action aborted: exceeded|not enough (?:disk |storage |free )?space|insufficient (?:disk |mailbox |user )(?:space|storage|quota)|no space left|would exceed|full mailbox|boite .*pleine|容量|いっぱい|オーバー/i,
    ],
  ],
  [
    'suspended',
    [
      /(?:account|mail ?box|user|address|recipient|e-?mail|domain|client|customer|service)\b[^\n]{0,80}\b(?:disabled|suspended|in-?active|deactivated|locked|frozen|blocked|over-?due|expired|not activated|not active|unpaid|cancell?ed for|closed temporarily|archived|on hold|restricted|temporarily (?:unavailable|disabled|blocked|closed|rejected))\b/i,
      /\b(?:disabled|suspended|in-?active|deactivated|locked|frozen|expired)\b[^\n]{0,24}\b(?:account|mail ?box|user|recipient|address|domain)\b|currently (?:not )?(?:suspended|disabled|accepting)|no longer active|\bnot in use\b|temporarily (?:suspended|locked)/i,
    ],
  ],
  [
    'has-moved',
    [
      /(?:user|recipient|address|account|person|mail ?box|he|she|employee)\b[^\n]{0,60}\b(?:has (?:been )?(?:moved|replaced|changed)|moved to|is no longer (?:with|employed|working)|has left|left the company)|user not local.{0,10}(?:please )?try|please (?:use|update|try) (?:the )?(?:new|other|following) (?:e-?mail )?address|new address is|address (?:has )?changed|has been replaced by/i,
    ],
  ],
  [
    'not-accepting',
    [
      /null ?mx|couldn't find a mail exchanger|no mx record found|not accepting network messages|indicated no smtp service|mx (?:record )?(?:of|is) ["']?\.|does(?: not|n't) accept (?:any )?(?:incoming )?(?:smtp |inbound )?(?:e-?mail|mail|messages?)(?! from (?!the internet))|(?:host|domain|server)[^\n]{0,40}(?:never|not) accept(?:s|ing)? (?:any )?(?:e-?mail|mail)|no mail (?:accepted|service) (?:here|at)|not accept(?:ing)? (?:any )?mail at all|no smtp service here/i,
    ],
  ],
  ['network', [/(?:host|name)[^\n]{0,60}(?:not found|failure)[^\n]{0,20}try again/i]],
  [
    'host-unknown',
    [
      /host not found(?!, try again)|\b\d{3} [\w-]+(?:\.[\w-]+)+ does not exist|(?:host|domain)(?: or domain)?(?: names?)?(?: part)?[^.\n:]{0,40}(?:not found|unknown|not exist|doesn't exist|does not exist|not valid|is invalid|not known|not resolv|non-?existent|cannot be (?:found|resolved)|could not be (?:found|resolved))/i,
      /(?:unknown|no such|invalid|bad|illegal|nonexistent|non-existent|unrouteable|unrouteable mail|unresolvable|unresolveable) (?:mail )?(?:host(?:name)?|domain(?: name)?|destination (?:host|domain|system))|nxdomain|name (?:service|server) error|couldn'?t find any host|all host address lookups failed|domain (?:must exist|mentioned)|(?:no|nonexistent|non-existent) (?:mx|dns|mail exchanger|valid (?:mx|hosts?))\b|(?:mx|a|dns) records?[^\n]{0,60}(?:not found|non-?existent|invalid|unresolvable)|cannot (?:find|resolve) (?:the )?(?:host|domain|remote)|dns (?:error|name|lookup)[^\n]{0,40}(?:not exist|not found|no such|nonexist|no answer)|point(?:s)? to (?:non-existent|invalid) hosts?|illegal host\/domain|domain that isn't|no (?:mail )?(?:server|route) (?:found )?for (?:the )?domain|unable to resolve (?:the )?(?:route|host|domain)|ホスト.*(?:見つか|不明)/i,
    ],
  ],
  [
    'user-unknown',
    [
      new RegExp(
        `(?:unknown|un ?known|no such|invalid|non-?exist[ea]nt|undefined|unavailable|unrecogni[sz]ed|not? (?:an? )?(?:known|valid|registered|existing|local|such|active|our)|bad|illegal|incorrect|unresolvable|no valid|not our|unrouteable|wrong)(?: local| internal| destination| mail| e-?mail| final)* ${who}\\b`,
        'i',
      ),
      new RegExp(
        `\\b${who}\\b[^\\n]{0,100}?(?:unknown|not (?:be )?(?:found|known|recogni[sz]ed|listed|registered|exist|valid|here|local|in (?:our|the|my)|unique|(?:a )?valid)|does(?: not|n[o']?t|n’t) exist|do(?: not|n't) exist|dosn.?t exist|didn't exist|no longer (?:exists?|valid|available|here|on (?:this )?server|accepts? mail|in use|registered)|(?:is|was|are) (?:un(?:known|available|defined|recogni[sz]ed)|invalid|undeliverable|wrong)|: invalid|has been (?:deleted|removed|terminated|closed|discontinued|purged)|inconnue?|unbekannt|desconocido|inesistente|sconosciuto|existiert nicht|n'existe pas|no existe)`,
        'i',
      ),
      /user ?unknown|unknown[ -]?user|no[ -]such[ -]user|no account|mailbox (?:name )?(?:unavailable|not found|not available)|(?:does(?: not|n't)|do not|doesn’t) have an?(?: [\w.-]+)? account|no mail ?box (?:here )?(?:by|with|for|named)|not listed in|not (?:our|a) (?:user|customer|mailbox)|recip(?:ient)?not ?found|unable to (?:find|locate|resolve) (?:the |this )?(?:recipient|user|alias|mailbox)|address(?:ee)? (?:is )?(?:rejected|refused)\s*(?:[.,;([]|$)|address(?:ee)? (?:is )?(?:unknown|invalid)|@[^\w\n]{0,4}(?:does(?: not|n't) exist|(?:is )?(?:not found|unknown))|bad-?rcpt-?to|bad-?recipient-?to|valid-?rcpt-?to|no one at this address|no longer accepts? mail|(?:rejected|refused) recipients?\b|recipients? (?:is |are )?(?:not ok|not accepted|refuse)|missing home directory|envelope recipient (?:has been|is)|no person|is not (?:a )?(?:known|valid|recogni[sz]ed|permitted recipient|our)|can(?:'t|not) find (?:the )?(?:user|recipient|mailbox|account)|recipient address rejected: access denied|this (?:user|address) (?:is )?n[o']t |couldn'?t be found|wasn'?t found|name (?:is )?not (?:found|recogni[sz]ed)|unrouteable address|malformed address|delivered to mobile|bad-mailbox|\(and other recipients in the same domain\)|mailbox for .{0,80} not found|delete(?:d)? (?:user|account|mailbox)|(?:user|account) (?:deleted|terminated|removed)|user reject(?:ed|s)?|no recipient|宛先.*(?:不明|存在|見つか)|ユーザ.*(?:不明|存在|見つか)|ディレクトリ.*(?:ありません|見つか)|該当.*ありません/i,
    ],
  ],
  [
    'too-large',
    [
      /(?:message|mail|attachment|content|e-?mail|size|header)s?\b[^\n]{0,60}(?:too (?:big|large|long)|exceed(?:s|ed|ing)?\b[^\n]{0,40}(?:size|limit|maximum|length)|larger than|over(?:size|sized)|greater than)|(?:maximum|max|fixed|allowed) (?:allowed )?(?:message |mail )?(?:size|length)|size (?:limit|exceed)|line too long|too large to/i,
    ],
  ],
  ['virus', [/virus|malware|trojan|infected|worm\b|phish|ransom/i]],
  [
    'spam',
    [
      /\bspam(?!haus|cop)\w*|\bUBE\b|\bUCE\b|junk mail|bulk (?:e-?mail|mail) filter|unsolicited|high spam|spammy|message (?:was )?(?:considered|classified|identified|detected|looks? like|seems)|content filter|spamassassin|mail appears to be|scored/i,
    ],
  ],
  [
    'content',
    [
      /(?:content|attachment|header|body|message|subject|file type|extension|format)s?\b[^\n]{0,50}(?:rejected|not allowed|prohibited|forbidden|illegal|malformed|banned|denied|invalid|not (?:accepted|permitted))|not (?:rfc|compliant)|rfc ?\d+ compliant|improper use of 8-bit|missing (?:required )?header|duplicate header|header error|bare (?:lf|cr)|charset|message filtered|blocked attachment/i,
    ],
  ],
  [
    'policy',
    [
      /polic(?:y|ies)|not authorized|administrative (?:prohibition|lock)|prohibited|security (?:reasons?|setting|violation)|access denied|permission denied|restricted|by (?:the )?administrator|unauthori[sz]ed|(?:encryption|tls|starttls) (?:is )?(?:required|needed)|must issue a starttls|denied by/i,
    ],
  ],
  [
    'expired',
    [
      /(?:message|mail|delivery|queue|retry|time)\b[^\n]{0,40}(?:expired|timed? ?out|time-?out|too long|time (?:limit|exceeded))|could not be (?:sent|delivered) (?:for|within|in) (?:the last )?(?:more than )?\d+|(?:not|n't) (?:be |been )?delivered (?:after|within|for|in) \d+|(?:for|after|within) \d+(?:\.\d+)? (?:days?|hours?|minutes)|has been in the queue|been failing for a long time|giving up|retry (?:time|timeout)|delivery (?:is |was |has been )?(?:delayed|expired)|too old|exceeded (?:the )?(?:time|max(?:imum)? (?:time|retr))|undeliverable for|unable to deliver in|warning: (?:could|message)|delayed/i,
    ],
  ],
  [
    'network',
    [
      /connection (?:was |is |has been )?(?:refused|timed? ?out|time-?out|reset|dropped|lost|closed|died|broken|terminated|failed)|lost connection|no route to|network (?:is |error|unreachable)|host (?:is )?(?:un?reachable|down|not responding)|(?:can(?:'t|not)|could ?n[o']t|couldn't|unable to|failed to|wasn't able to) (?:to )?(?:connect|establish|contact|make|reach|deliver message to host)|(?:mail|routing|forwarding|message)[ -](?:loop|forwarding loop)|loops? back|too many hops|hop ?count|(?:hops|received headers) (?:count )?exceed|loop detected|point(?:s|ing)? back to (?:me|us|local)|local configuration|name server (?:time|temporar)|(?:temporary|transient)[^\n]{0,30}(?:lookup|dns|resolution|name)|dns (?:failure|timeout|server fail|temporar)|servfail|(?:read|write|session|conversation|smtp|greeting) (?:error|timeout)|timed out while|operation timed out|deferred|remote (?:server|host) (?:did not|not) respond|tls (?:handshake|negotiation|is required but)|no answer from/i,
    ],
  ],
  [
    'mailer',
    [
      /unknown mailer error|exit(?:ed|s)? (?:with )?(?:status|code|with)|command (?:died|failed|output|not found)|pipe to|exec(?:ute|ution)?\b[^\n]{0,30}fail|procmail|child status|x-unix|aborted with|signal \d+|cannot (?:open|create|append|execute)/i,
    ],
  ],
  [
    'protocol',
    [
      /syntax error|bad (?:sequence|syntax|command)|command (?:not |un)(?:implemented|recogni[sz]ed|recogni)|protocol error|unrecogni[sz]ed command|need (?:rcpt|mail|rset)|sequence|invalid (?:command|parameter)|not (?:implemented|supported)|5(?:00|01|02|03|04)[ -]/i,
    ],
  ],
  [
    'system',
    [
      /(?:system|server|service|mail|internal|local|temporary|temporarily|resources?|database|configuration|software|processing|lookup|undefined)\b[^\n]{0,40}(?:error|failure|failed|unavailable|problem|full|down|busy|not (?:available|running)|insufficient|fault|shutting)|insufficient (?:system )?(?:resources?|storage|memory)|try (?:again|later)|out of memory|i\/o error|no space|disk full|read-only|could not (?:complete|process)|overload|please retry|maintenance/i,
    ],
  ],
];

const urlPattern = /\bhttps?:\/\/[^\s<>"]{1,500}/gi;
const addressPattern = /[^\s<>()[\]:;,"]{1,200}@[^\s<>()[\]:;,"]{1,250}/g;

/**
 * What the text of a refusal says, by the phrases that servers use; null where it says nothing known. Addresses and,
 * at first, URLs are left out, since "spam-reports@unknown.example" says nothing; so is the prefix that Postfix puts
 * before whatever it says.
 */
export function readReasonFromText(text: string): BounceReason | null {
  const plain = text
    .replace(addressPattern, '@')
    .replace(/recipient address rejected:(?!\s*access denied)\s*/gi, '')
    .replace(/client host rejected:\s*(?=blocked)/gi, '');
  return matchRules(plain.replace(urlPattern, ' ')) ?? matchRules(plain);
}

function matchRules(text: string): BounceReason | null {
  for (const [reason, patterns] of rules) if (patterns.some((pattern) => pattern.test(text))) return reason;
  return null;
}
