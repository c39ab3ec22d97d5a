import type { BounceReason } from './bounce-reasons.ts';

/** What mailboxes and their owners are called in several languages. */
const person =
  'user(?: ?name)? | users | account | address(?:es)? | addressee | mail ?box | mail ?drop | inbox | recipients? | e-?mail(?: account| address)? | alias | person | customer | subscriber | destination | login | local[ -]part | member | destinataires? | empf(?:ae|ä)nger | usuario | destinatario';

/**
 * What servers write, from the most telling to the vaguest: the first reason with a phrase that matches decides. A
 * refusal of the sender stands before one of the recipient, since "Sender address rejected: Domain not found" is about
 * the sender, and a full mailbox before a missing one, since many servers give both the same code. phrase-patterns.ts explains
 * the notation.
 */
export const refusalPhrases: readonly (readonly [BounceReason, string])[] = [
  ['mailer', String.raw`^\s*(?:procmail|maildrop|deliver|vdelivermail): `],
  [
    'authentication',
    String.raw`
      \bdmarc\b | \bdkim\b | \bdomainkeys\b | \bspf\b | sender policy framework
      sender[ -]?id\b … fail | not permitted
      unauthenticated | authentication[ -]results? … fail | not accepted | rejected | prohibit
      authentication checks | does(?: not|n't) pass authentication
      not (?:authorized|allowed|permitted) to (?:use|send) … domain | from this | as this
      spoof | forged (?:sender|mail)
    `,
  ],
  [
    'blocked',
    String.raw`
      \breverse dns\b | \brdns\b | \bptr\b | fix reverse | no (?:dns )?name for (?:the )?(?:ip|client)
      (?:find|resolve|verify) your (?:hostname|reverse|ip|domain name)
      client host rejected | unresolvable (?:relay|client|ip)
      (?:black|block|deny|reject)[ -]?list | \br?bl\b | dnsbl | \bblocked (?:using|by|for|due|because)
      spamhaus | spamcop | sorbs | barracudacentral | senderbase | cloudmark | proofpoint\.com
      trend ?micro … reputation
      \bip\b | \bhost\b | \bserver\b | \bconnection\b | \bclient\b | \bnetwork\b … \bblocked | \bbanned | \blisted | \bdenied | \brefused by | \bnot (?:allowed|welcome) | \b(?:bad|poor) reputation | \brejected
      banned sending ip | access denied\.{3} | sending mta | get out of here | too many spam | residential
      (?:bad|poor|low|due to) (?:ip )?reputation
      reputation … low | poor | bad
      connections? (?:refused|not accepted|denied|dropped|rejected) (?:by|from|due|for) | not allowed to connect
      dynamic(?:ally)? (?:assigned )?(?:ip|address) | please use the smtp server of your isp
      bad (?:helo|ehlo) | (?:helo|ehlo) (?:command )?(?:rejected|invalid|name) | you are not allowed to
      unsolicited mail originating from your ip
    `,
  ],
  [
    'rate',
    String.raw`
      too many (?:connections?|messages|e?mails?|recipients|sessions|errors|invalid|concurrent|smtp)
      rate[ -]?limit | throttl | slow down | greylist | graylist | unusual rate | mail flood | temporarily deferred due to
      (?:sending|relay|daily|hourly|delivery) (?:rate|quota|limit) … exceed
      reached (?:your|the|its) (?:daily|hourly|sending|relay) | sent too (?:many|fast)
      exceeded … connection | messages per | \brate\b
      try again later … too (?:fast|many|quick)
      receiving mail (?:at a rate|too quickly)
    `,
  ],
  [
    'relaying',
    `
      relay(?:ing)? … denied | prohibited | not (?:allowed|permitted|possible) | not for | disabled | rejected | attempted
      (?:denied|unable to|cannot|may not|not (?:allowed|permitted|authorized) to|does not|we do not|no) relay
      not (?:an? )?(?:open|local) relay | not a gateway | insecure mail relay | not configured to relay
      isn't in my list of allowed rcpthosts | isn't in my control | must (?:be )?authenticate | not local domain
    `,
  ],
  [
    'rejected',
    String.raw`
      \bsender(?:'s)?(?: e-?mail)?(?: address| domain)? | return[ -]path | envelope from | mail from | \bfrom: | originator | reverse-path … rejected | denied | not (?:exist|found|accepted|allowed|valid|authorized|permitted) | does ?n[o']t (?:exist|resolve) | invalid | refused | must (?:exist|resolve) | blacklisted | blocked | verif(?:y|ication) failed | could ?n[o']t be verified | syntax | null mx
      domain of sender | sender verify | verify sender | address of the sender | (?:unknown|invalid|bad|null|blank|authenticated) sender
      sender is (?:not|denied) | empty envelope | backscatter | must have a valid (?:mx|sender)
      rejects? (?:mail|messages?) from (?:you|this|sender) | refused? (?:mail )?from (?:you|your domain)
      does(?: not|n't) accept (?:mail|email|messages?) from (?!the internet)
      not (?:on|in) (?:the )?(?:accept|allowed|white) | RESOLVER\.RST | only accepts? (?:mail|messages) from | internal senders
      permission to send | sender not authenticated | not allowed to send
    `,
  ],
  [
    'mailbox-full',
    String.raw`
      mail ?box | inbox | account | \buser'?s? | recipient'?s? | disk | storage | maildir | mail ?(?:folder|directory|store|spool|file) | bo[iî]te … \bfull\b | over[ -]?(?:quota|its|the|limit|disk|drawn|allocated) | exceed(?:s|ed|ing)?\b | out of (?:storage|space|quota) | too (?:full|large|much mail) | at its limit | pleine | has reached (?:its|the|their) (?:quota|limit|maximum)
      over ?quota | quota[ -]?(?:has been |was |is )?(?:exceed|violat|limit|full|would|over) | full mailbox | mailbox[ _-]?full
      exceed(?:s|ed|ing)? | violat\w* | over | beyond | maximum | out of | insufficient … \bquota
      \bexceeded\b … storage | mailbox | local limit | allocation | space
      mail action aborted: exceeded | not enough (?:disk |storage |free )?space | no space left | would exceed
      insufficient (?:disk |mailbox |user )(?:space|storage|quota)
      容量 | いっぱい | 一杯 | オーバー
    `,
  ],
  [
    'suspended',
    String.raw`
      account | mail ?box | user | address | recipient | e-?mail | domain | client | customer | service … \bdisabled\b | \bsuspended\b | \bin-?active\b | \bdeactivated\b | \blocked\b | \bfrozen\b | \bblocked\b | \bbloque\b | \bover-?due\b | \bexpired\b | \bnot (?:activated|active)\b | \bunpaid\b | \barchived\b | \bon hold\b | \brestricted\b | \btemporarily (?:unavailable|limited|blocked|closed|rejected)\b
      \bdisabled | \bsuspended | \bin-?active | \bdeactivated | \bfrozen … \b(?:account|mail ?box|user|recipient|address|domain)\b
      currently (?:not )?(?:suspended|disabled|accepting) | no longer active | \bnot in use\b | temporarily (?:suspended|locked)
    `,
  ],
  [
    'has-moved',
    String.raw`
      \buser\b | recipient | address | account | person | mail ?box | employee | owner … \bhas (?:been )?(?:moved|replaced|changed)\b | \bmoved to\b | \bno longer (?:with|employed|working) | \bhas left\b | \bleft the company
      user not local.{0,10}(?:please )?try | please (?:use|update|try) (?:the )?(?:new|other|following) (?:e-?mail )?address
      new address is | address (?:has )?changed | has been replaced by | no forwarding address
    `,
  ],
  [
    'not-accepting',
    String.raw`
      null ?mx | indicated no smtp service | no smtp service here | couldn't find a mail exchanger | no mx record found
      not accepting network messages | reject all mails | mx (?:record )?(?:of|is) ["']?\.
      does(?: not|n't) (?:accept|receive) (?:any )?(?:incoming )?(?:smtp |inbound )?(?:e-?mail|mail|messages?)(?! from (?!the internet))
      \bhost\b | \bdomain\b … (?:never|not) accept(?:s|ing)? (?:any )?(?:e-?mail|mail)
      no mail (?:accepted|service) (?:here|at) | not accept(?:ing)? (?:any )?mail at all
    `,
  ],
  [
    'network',
    String.raw`
      \bhost\b | \bname\b … not found,? try again | failure,? try again
    `,
  ],
  [
    'host-unknown',
    String.raw`
      host not found(?!, try again) | \b\d{3} [\w-]+(?:\.[\w-]+)+ does not exist | nxdomain | name (?:service|server) error
      (?:\bhost|\bdomain)(?: or domain)?(?: names?)?(?: part)?[^.\n:]{0,40}(?:not found|unknown|not exist|does(?: not|n't) exist|not valid|is invalid|not known|not resolv|non-?existent|c(?:an|ould) ?not be (?:found|resolved))
      (?:unknown|no such|invalid|bad|illegal|non-?existent|unrouteable(?: mail)?|unresolve?able) (?:mail )?(?:host(?:name)?|domain(?: name)?|destination (?:host|domain|system))
      couldn'?t find any host | all host address lookups failed | domain (?:must exist|mentioned) | illegal host/domain
      (?:no|non-?existent) (?:mx|dns|mail exchanger|valid (?:mx|hosts?))\b
      (?:mx|a|dns) records? … not found | non-?existent | invalid | unresolvable
      cannot (?:find|resolve) (?:the )?(?:host|domain|remote) | unable to resolve (?:the )?(?:route|host|domain)
      dns (?:error|name|lookup) … not exist | not found | no such | nonexist | no answer
      points? to (?:non-existent|invalid) hosts? | no (?:mail )?(?:server|route) (?:found )?for (?:the )?domain
      ホスト … 見つか | 不明
    `,
  ],
  [
    'user-unknown',
    String.raw`
      (?:un ?known|no such|invalid|non-?exist[ea]nt|undefined|unavailable|unrecogni[sz]ed|not? (?:an? )?(?:known|valid|registered|existing|local|such|active|our)|bad|illegal|incorrect|unresolvable|no valid|not our|unrouteable|wrong)(?: local| internal| destination| mail| e-?mail| final)* (?:${person.replaceAll(' | ', '|')})\b
      \b(?:${person.replaceAll(' | ', '|')})\b … unknown | not (?:be )?(?:found|known|recogni[sz]ed|listed|registered|exist|(?:a )?valid|here|local|in (?:our|the|my)|unique) | (?:does|do|did) ?n[o't’]+ exist | dosn.?t exist | no longer (?:exists?|valid|available|here|on (?:this )?server|accepts? mail|in use|registered) | (?:is|was|are) (?:un(?:known|available|defined|recogni[sz]ed)|invalid|undeliverable|wrong) | : invalid | has been (?:deleted|removed|terminated|closed|discontinued|purged) | inconnue? | invalides? | unbekannt | desconocido | inesistente | sconosciuto | existiert nicht | n'existe pas | no existe
      user ?unknown | unknown[ -]?user | no[ -]such[ -]user | no account | user reject(?:ed|s)? | no recipient
      mailbox (?:name )?(?:unavailable|not found|not available) | no mail ?box (?:here )?(?:by|with|for|named)
      (?:does(?: not|n't)|do not|doesn’t) have an?(?: [\w.-]+)? account | not listed in
      not (?:our|a) (?:user|customer|mailbox) | recip(?:ient)?not ?found | bad-mailbox | delivered to mobile
      (?:unable to|can(?:'t|not)) (?:find|locate|resolve) (?:the |this )?(?:recipient|user|alias|mailbox|account)
      address(?:ee)? (?:is )?(?:rejected|refused)\s*(?:[.,;([]|$) | address(?:ee)? (?:is )?(?:unknown|invalid)
      @[^\w\n]{0,4}(?:does(?: not|n't) exist|(?:is )?(?:not found|unknown))
      bad-?rcpt-?to | bad-?recipient-?to | valid-?rcpt-?to | envelope recipient (?:has been|is) | missing home directory
      no one at this address | no longer accepts? mail | (?:rejected|refused) recipients?\b | no person
      recipients? (?:is |are )?(?:not ok|not accepted|refuse) | recipient address rejected: access denied
      is not (?:a )?(?:known|valid|recogni[sz]ed|permitted recipient|our) | name (?:is )?not (?:found|recogni[sz]ed)
      this (?:user|address) (?:is )?n[o']t | could ?n[o']t be found | was ?n[o']t found | unrouteable address | malformed address
      \(and other recipients in the same domain\)
      mailbox for … not found
      deleted? (?:user|account|mailbox) | (?:user|account) (?:deleted|terminated|removed)
      宛先 … 不明 | 存在 | 見つか
      ユーザ | ディレクトリ … 不明 | 存在 | 見つか | ありません
    `,
  ],
  [
    'too-large',
    String.raw`
      message | mail | attachment | content | size | header … too (?:big|large|long) | larger than | oversized? | greater than
      message | mail | attachment | content | size … exceed(?:s|ed|ing)?\b[^\n]{0,40}(?:size|limit|maximum|length)
      (?:maximum|max|fixed|allowed) (?:allowed )?(?:message |mail )?(?:size|length) | size (?:limit|exceed) | line too long
    `,
  ],
  ['virus', 'virus | malware | trojan | infected | \\bworm\\b | phish | ransom'],
  [
    'spam',
    String.raw`
      \bspam(?!haus|cop)\w* | \bube\b | \buce\b | junk mail | bulk (?:e-?mail|mail) filter | unsolicited | spammy
      message (?:was )?(?:considered|classified|identified|detected|looks? like|seems) | content filter | mail appears to be | scored
    `,
  ],
  [
    'content',
    String.raw`
      content | attachment | header | body | message | subject | file type | extension | format … rejected | not allowed | prohibited | forbidden | illegal | malformed | banned | denied | invalid | not (?:accepted|permitted)
      not (?:rfc|compliant) | rfc ?\d+ compliant | improper use of 8-bit | missing (?:required )?header | duplicate header
      header error | bare (?:lf|cr) | charset | message filtered | blocked attachment
    `,
  ],
  [
    'policy',
    `
      polic(?:y|ies) | authori[sz]ed | unauthori[sz]ed | administrative (?:prohibition|lock) | prohibited | access denied | permission denied
      security (?:reasons?|setting|violation) | restricted | by (?:the )?administrator | denied by | must issue a starttls
      (?:encryption|tls|starttls) (?:is )?(?:required|needed)
    `,
  ],
  [
    'expired',
    String.raw`
      message | \bmail | delivery | queue | retry | \btime\b … expired | timed? ?out | time-?out | too long | time (?:limit|exceeded)
      could not be (?:sent|delivered) (?:for|within|in) (?:the last )?(?:more than )?\d+
      n[o']t (?:be |been )?delivered (?:after|within|for|in) \d+ | (?:for|after|within) \d+(?:\.\d+)? (?:days?|hours?|minutes)
      has been in the queue | been failing for a long time | giving up | retry (?:time|timeout) | too old | unable to deliver in
      delivery (?:is |was |has been )?(?:delayed|expired) | exceeded (?:the )?(?:time|max(?:imum)? (?:time|retr)) | undeliverable for
      warning: (?:could|message) | delayed
    `,
  ],
  [
    'network',
    String.raw`
      connection (?:was |is |has been )?(?:refused|timed? ?out|time-?out|reset|dropped|lost|closed|died|broken|terminated|failed)
      lost connection | no route to | network (?:is |error|unreachable) | host (?:is )?(?:un?reachable|down|not responding)
      (?:can(?:'t|not)|could ?n[o']t|unable to|failed to|wasn't able to) (?:to )?(?:connect|establish|contact|make|reach)
      (?:mail|routing|forwarding|message)[ -](?:loop|forwarding loop) | loops? back | too many hops | hop ?count | loop detected
      (?:hops|received headers) (?:count )?exceed | point(?:s|ing)? back to (?:me|us|local) | local configuration
      name server (?:time|temporar) | dns (?:failure|timeout|server fail|temporar) | servfail
      (?:temporary|transient) … lookup | dns | resolution | \bname\b
      (?:read|write|session|conversation|smtp|greeting) (?:error|timeout) | timed out while | operation timed out | deferred
      remote (?:server|host) (?:did not|not) respond | tls (?:handshake|negotiation|is required but) | no answer from
    `,
  ],
  [
    'mailer',
    String.raw`
      unknown mailer error | exit(?:ed|s)? (?:with )?(?:status|code|with) | command (?:died|failed|output|not found) | pipe to
      exec(?:ute|ution)?\b … fail
      procmail | child status | x-unix | aborted with | signal \d+ | cannot (?:open|create|append|execute)
    `,
  ],
  [
    'protocol',
    `
      syntax error | bad (?:sequence|syntax|command) | command (?:not |un)(?:implemented|recogni[sz]ed|recogni) | protocol error
      unrecogni[sz]ed command | need (?:rcpt|mail|rset) | invalid (?:command|parameter) | not (?:implemented|supported)
    `,
  ],
  [
    'system',
    String.raw`
      system | server | service | \bmail | internal | local | temporar(?:y|ily) | resources? | database | configuration | software | processing | lookup … error | fail(?:ure|ed) | unavailable | problem | \bfull\b | \bdown\b | busy | not (?:available|running) | insufficient | fault | shutting
      insufficient (?:system )?(?:resources?|storage|memory) | try (?:again|later) | out of memory | i/o error | no space | disk full
      read-only | could not (?:complete|process) | overload | please retry | maintenance
    `,
  ],
];

/** Words that certain servers keep for a missing mailbox, mostly of their own, so that no filter was asked. */
export const missingMailboxPhrases = String.raw`
  not listed in | director(?:y|ies) | ディレクトリ | no mailbox here | unrouteable address | Recip(?:ient)?NotFound
  other recipients in the same domain | recipient name is not recognized | unknown local[- ]part | chkusr | bad-mailbox
  local recipient | relay recipient | virtual (?:alias|mailbox|user) … table | maps?
  ^\s*Unknown user: | ^ *--- The following addresses had delivery problems ---
  address could ?n[o']t be found | was ?n[o']t found at | delivered to mobile | delivery error: dd (?:This user|Not a valid)
  recipient address rejected: access denied | destinataires? invalide
`;
