/** A delivery status notification as Postfix writes it (RFC 3464), about one address. */
export function writeDeliveryReport(report: {
  readonly to: string;
  readonly recipient: string;
  readonly status: string;
  readonly said: string;
  readonly action?: 'failed' | 'delayed';
}): string {
  const { to, recipient, status, said, action = 'failed' } = report;
  return [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mx.example.net.',
    '',
    `<${recipient}>: host mx.example.org[192.0.2.1] said: ${said}`,
    '    (in reply to RCPT TO command)',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
}

/** A complaint (RFC 5965) about the message of that Message-ID, with its recipient redacted, as providers do. */
export function writeComplaint(messageId: string): string {
  return [
    'From: feedback@provider.example',
    'To: complaints@kb.example.org',
    'Subject: complaint about message from 192.0.2.9',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: Provider/1.0',
    'Version: 1',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: kbalertz <alerts@kb.example.org>',
    'To: redacted@provider.example',
    `Message-ID: ${messageId}`,
    'Subject: 3 changes',
    '',
    'Good morning.',
    '--b--',
    '',
  ].join('\r\n');
}
