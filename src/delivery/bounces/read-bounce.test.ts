import { expect, test } from 'vitest';
import {
  makeComplaint,
  makePlainReport,
  makeStatusReport,
  type SampleParts,
} from './mail-samples.fixture.ts';
import { readBounce } from './read-bounce.ts';

const ana = 'ana@example.org';

test('a delivery status notification gives recipient, codes, diagnostic and the returned Message-ID', () => {
  const report = readBounce(
    makeStatusReport(
      `<${ana}>: host mx.example.org[192.0.2.7] said: 550 5.1.1 No such user (in reply to RCPT TO command)`,
      `Final-Recipient: rfc822; ${ana}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n  No such user`,
    ),
  );
  expect(report).toEqual({
    kind: 'hard',
    recipients: [
      {
        address: ana,
        kind: 'hard',
        reason: 'user-unknown',
        status: '5.1.1',
        replyCode: 550,
        action: 'failed',
        diagnostic: '550 5.1.1 No such user',
      },
    ],
    originalMessageId: 'digest-17@kb.example',
    sentTo: ['bounces@kb.example'],
    verpRecipient: null,
  });
});

test('each recipient of a notification is judged alone, delivered ones are left out', () => {
  const fields = [
    'Final-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 mailbox full',
    'Final-Recipient: rfc822; bo@example.org\nAction: delivered\nStatus: 2.0.0',
    'Final-Recipient: rfc822; cy@example.org\nAction: failed\nStatus: 5.1.2\nDiagnostic-Code: x; Host not found',
  ];
  const { kind, recipients } = readBounce(makeStatusReport('', fields.join('\n\n')));
  expect(kind).toBe('hard');
  expect(recipients.map(({ address, reason }) => `${address} ${reason}`)).toEqual([
    'ana@example.org mailbox-full',
    'cy@example.org host-unknown',
  ]);
});

test('a notice that delivery is delayed is soft, whatever the code', () => {
  const fields = `Final-Recipient: rfc822; ${ana}\nAction: delayed\nStatus: 4.1.1\nDiagnostic-Code: smtp; 450 4.1.1 User unknown`;
  expect(readBounce(makeStatusReport('', fields)).recipients[0]).toMatchObject({
    kind: 'soft',
    action: 'delayed',
  });
});

const statusCases: readonly [string, string, string][] = [
  [
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'hard',
    'user-unknown',
  ],
  [
    '550 5.4.1 Recipient address rejected: Access denied. [AM1.prod.protection.outlook.com]',
    'hard',
    'user-unknown',
  ],
  ['550-5.1.1 The email account that you tried to reach does not exist.', 'hard', 'user-unknown'],
  ['550 5.1.6 The mailbox has moved', 'hard', 'has-moved'],
  ['556 5.1.10 Recipient address has null MX', 'hard', 'not-accepting'],
  ['550 5.1.2 The recipient domain does not exist', 'hard', 'host-unknown'],
  ['452-4.2.2 The email account that you tried to reach is over quota.', 'soft', 'mailbox-full'],
  ['550 5.2.1 The email account that you tried to reach is disabled.', 'soft', 'suspended'],
  ['550-5.7.26 This mail is unauthenticated, SPF did not pass', 'policy', 'authentication'],
  [
    '550 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org',
    'policy',
    'blocked',
  ],
  ['550 5.7.25 The IP address sending this message does not have a PTR record', 'policy', 'blocked'],
  ['554 5.7.1 <ana@example.org>: Relay access denied', 'policy', 'relaying'],
  ['550 5.7.1 Sender address rejected: Domain not found', 'policy', 'rejected'],
  ['554 5.7.1 The message was considered as SPAM', 'policy', 'spam'],
  ['421 4.7.0 Our system has detected an unusual rate of unsolicited mail, rate limited', 'policy', 'rate'],
  ['552 5.3.4 Message size exceeds fixed maximum message size', 'soft', 'too-large'],
  ['connect to mx.example.org[192.0.2.7]:25: Connection timed out', 'soft', 'network'],
  ['554 5.4.6 Hop count exceeded - possible mail loop', 'soft', 'network'],
  ['451 4.3.0 Temporary lookup failure', 'soft', 'network'],
  ['550 Requested action aborted: something odd', 'soft', 'undefined'],
];
test.each(statusCases)('"%s" is %s (%s)', (diagnostic, kind, reason) => {
  const fields = `Final-Recipient: rfc822; ${ana}\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; ${diagnostic}`;
  const text = `<${ana}>: host mx.example.org said: ${diagnostic} (in reply to RCPT TO command)`;
  expect(readBounce(makeStatusReport(text, fields)).recipients).toMatchObject([
    { address: ana, kind, reason },
  ]);
});

test('"user unknown" from a server that saw the whole message first may be a filter: soft', () => {
  const fields = `Final-Recipient: rfc822; ${ana}\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 User unknown`;
  const text = `<${ana}>: host mx.example.org said: 550 User unknown (in reply to end of DATA command)`;
  expect(readBounce(makeStatusReport(text, fields)).recipients[0]).toMatchObject({
    kind: 'soft',
    reason: 'filtered',
  });
});

const plainCases: readonly [string, SampleParts, string, string][] = [
  [
    'qmail',
    {
      subject: 'failure notice',
      text: "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message.\n\n<ana@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n",
    },
    'hard',
    'user-unknown',
  ],
  [
    'qmail, host',
    {
      subject: 'failure notice',
      text: "Hi. This is the qmail-send program at mx.example.\n\n<ana@example.org>:\nSorry, I couldn't find any host named example.org. (#5.1.2)\n",
    },
    'hard',
    'host-unknown',
  ],
  [
    'Exim, route',
    {
      subject: 'Mail delivery failed: returning message to sender',
      text: 'A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  ana@example.org\n    Unrouteable address\n\n------ This is a copy of the message ------\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Exim, MX',
    {
      subject: 'Mail delivery failed: returning message to sender',
      text: 'The following address(es) failed:\n\n  ana@example.org\n    all relevant MX records point to non-existent hosts\n',
    },
    'hard',
    'host-unknown',
  ],
  [
    'Exim, warning',
    {
      subject: 'Warning: message 1abc delayed 24 hours',
      text: 'A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  ana@example.org\n    Delay reason: Connection timed out\n',
    },
    'soft',
    'network',
  ],
  [
    'sendmail',
    {
      subject: 'Returned mail: see transcript for details',
      text: '   ----- The following addresses had permanent fatal errors -----\n<ana@example.org>\n    (reason: 550 5.1.1 <ana@example.org>: User unknown)\n\n   ----- Transcript of session follows -----\n>>> RCPT To:<ana@example.org>\n<<< 550 5.1.1 <ana@example.org>: User unknown\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Courier',
    {
      from: '"Courier mail server at mx.example" <@>',
      subject: 'NOTICE: mail delivery status.',
      text: 'UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ana@example.org>:\n    mx.example.org [192.0.2.7]:\n>>> RCPT TO:<ana@example.org>\n<<< 550 unknown user account\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'GMX',
    {
      from: 'GMX Mailer Daemon <mailer-daemon@gmx.example>',
      subject: 'Mail delivery failed: returning message to sender',
      text: 'This message was created automatically by mail delivery software.\n\nThe following address failed:\n\n"ana@example.org":\n\nSMTP error from remote server after RCPT command:\nhost: mx.example.org\nNo such user here\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Yahoo',
    {
      from: 'MAILER-DAEMON@yahoo.example',
      subject: 'Failure Notice',
      text: 'Sorry, we were unable to deliver your message to the following address.\n\n<ana@example.org>:\nRemote host said: 550 Unknown user [RCPT_TO]\n\n--- Below this line is a copy of the message.\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Gmail, at RCPT',
    {
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      subject: 'Delivery Status Notification (Failure)',
      text: 'Delivery to the following recipient failed permanently:\n\n     ana@example.org\n\nTechnical details of permanent failure:\nThe error that the other server returned was: 550 550 Unknown user (state 14).\n\n   ----- Original message -----\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Gmail, after DATA',
    {
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      subject: 'Delivery Status Notification (Failure)',
      text: 'Delivery to the following recipient failed permanently:\n\n     ana@example.org\n\nThe error that the other server returned was: 550 550 Unknown user (state 18).\n',
    },
    'soft',
    'filtered',
  ],
  [
    'mFILTER',
    {
      from: 'mailer-daemon@mx.example',
      subject: 'failure notice',
      text: 'Could not deliver the message to ana@example.org.\n\n-------server message\n550 <ana@example.org>... User unknown\n\n-------SMTP command\nRCPT TO <ana@example.org>\n\n-------original mail info\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Exchange 2003',
    {
      from: 'System Administrator <postmaster@example.org>',
      subject: 'Undeliverable: 3 changes: Teams',
      text: 'Your message\n\n  To:      ana@example.org\n  Subject: 3 changes: Teams\n  Sent:    Mon, 5 Jan 2026\n\ndid not reach the following recipient(s):\n\nana@example.org on Mon, 5 Jan 2026\n    The recipient name is not recognized\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Exchange 2007',
    {
      from: 'Microsoft Exchange <MicrosoftExchange@example.org>',
      subject: 'Undeliverable: 3 changes: Teams',
      text: 'Diagnostic information for administrators:\n\nGenerating server: mx.example.org\n\nana@example.org\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\nOriginal message headers:\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'Domino',
    {
      from: 'Postmaster@example.org',
      subject: 'DELIVERY FAILURE: User ana (ana@example.org) not listed in Domino Directory',
      text: 'Your message\n\n  Subject: 3 changes: Teams\n\nwas not delivered to:\n\n  ana@example.org\n\nbecause:\n\n  User ana (ana@example.org) not listed in Domino Directory\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'MailMarshal',
    {
      from: 'postmaster@example.org',
      subject: 'Undeliverable Mail: "3 changes: Teams"',
      text: 'Your message:\n   From:    alerts@kb.example\n   Subject: 3 changes: Teams\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    ana@example.org\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'James',
    {
      from: 'postmaster@mx.example',
      subject: '[BOUNCE]',
      text: 'Hi. This is the James mail server at mx.example.\nI am afraid I was not able to deliver your message to the following addresses.\n\nRCPT TO: ana@example.org\nError message below:\n550 - Requested action not taken: no such user here\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'ActiveHunter',
    {
      from: 'MAILER-DAEMON@mx.example',
      subject: 'FAILURE NOTICE :',
      text: 'Unable to deliver to the following address(es).\n\n>>> ana@example.org <ana@example.org>\n\n550 sorry, no mailbox here by that name (#5.1.1 - chkusr)\n\n----- Original message follows -----\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'InterScan',
    {
      from: '"InterScan MSS" <postmaster@mx.example>',
      subject: 'Mail could not be delivered',
      text: 'Sent <<< RCPT TO:<ana@example.org>\nReceived >>> 550 <ana@example.org>... User unknown\n\nUnable to deliver message to <ana@example.org>.\n',
    },
    'hard',
    'user-unknown',
  ],
  [
    'IMail',
    {
      from: 'Postmaster <postmaster@mx.example>',
      subject: 'Undeliverable Mail ',
      text: 'User mailbox exceeds allowed size: ana@example.org\n\nOriginal message follows.\n',
    },
    'soft',
    'mailbox-full',
  ],
  [
    'OpenSMTPD',
    {
      from: 'Mailer Daemon <MAILER-DAEMON@mx.example>',
      subject: 'Delivery status notification: error',
      text: 'An error has occurred while attempting to deliver a message for\nthe following list of recipients:\n\nana@example.org: 550 5.2.2 <ana@example.org>... Mailbox Full\n\nBelow is a copy of the original message:\n',
    },
    'soft',
    'mailbox-full',
  ],
  [
    'German text',
    {
      subject: 'Unzustellbar: 3 changes',
      text: 'Die Nachricht konnte nicht zugestellt werden (delivery failed):\n\n<ana@example.org>: 550 5.1.1 Empfaenger unbekannt\n',
    },
    'hard',
    'user-unknown',
  ],
];
test.each(plainCases)('a report of %s', (_, parts, kind, reason) => {
  const report = readBounce(makePlainReport(parts));
  expect(report.recipients).toMatchObject([{ address: ana, kind, reason }]);
  expect(report.originalMessageId).toBe('digest-17@kb.example');
});

test('a complaint names whom the provider names, else the recipient of the returned message', () => {
  const named = 'Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: <bo@example.net>';
  expect(readBounce(makeComplaint(named)).recipients).toMatchObject([
    { address: 'bo@example.net', kind: 'complaint' },
  ]);
  const silent = readBounce(makeComplaint('Feedback-Type: fraud\nVersion: 1'));
  expect(silent).toMatchObject({ kind: 'complaint', recipients: [{ address: ana, diagnostic: 'fraud' }] });
});

test('"this is not spam" is no complaint', () => {
  expect(readBounce(makeComplaint('Feedback-Type: not-spam\nVersion: 1'))).toMatchObject({
    kind: 'none',
    recipients: [],
  });
});

test('notifications of a bounce or complaint in JSON are read', () => {
  const message = {
    notificationType: 'Complaint',
    complaint: { complainedRecipients: [{ emailAddress: ana }] },
  };
  const text = JSON.stringify({ Type: 'Notification', Message: JSON.stringify(message) });
  const report = readBounce(makePlainReport({ from: 'no-reply@sns.example', subject: 'Notification', text }));
  expect(report.recipients).toMatchObject([{ address: ana, kind: 'complaint' }]);
});

const otherMails: readonly [string, SampleParts][] = [
  [
    'a notice of absence',
    {
      from: 'Ana <ana@example.org>',
      subject: 'Automatic reply: 3 changes',
      text: 'I am out of the office and cannot be reached.',
      headers: ['Auto-Submitted: auto-replied'],
    },
  ],
  [
    'a German notice of absence',
    { from: 'ana@example.org', subject: 'Abwesenheitsnotiz', text: 'Ich bin bis Montag nicht im Büro.' },
  ],
  [
    'an answer that quotes a bounce',
    {
      from: 'Ana <ana@example.org>',
      subject: 'Re: Undelivered Mail Returned to Sender',
      text: '> <bo@example.net>: 550 5.1.1 User unknown\nWhy did I get this?',
    },
  ],
  [
    'a report about DMARC',
    {
      from: 'noreply-dmarc@provider.example',
      subject: 'Report Domain: kb.example Submitter: provider.example',
      text: 'This report has 3 messages that failed.',
    },
  ],
  ['a letter', { from: 'ana@example.org', subject: 'Thank you', text: 'The article on 0x80070002 helped.' }],
];
test.each(otherMails)('%s is no bounce', (_, parts) => {
  expect(readBounce(makePlainReport(parts))).toMatchObject({ kind: 'none', recipients: [] });
});

test('a notification of success is no bounce', () => {
  const fields = `Final-Recipient: rfc822; ${ana}\nAction: delivered\nStatus: 2.1.5`;
  expect(readBounce(makeStatusReport('Your message was delivered.', fields))).toMatchObject({
    kind: 'none',
    recipients: [],
  });
});

test('the variable return path names the recipient', () => {
  const mail = makePlainReport({
    text: 'failed',
    headers: ['Delivered-To: bounces+ana=example.org@kb.example'],
  });
  expect(readBounce(mail).verpRecipient).toBe(ana);
});
