/** Builds mails for the tests of this folder. */

export type SampleParts = {
  readonly from?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly text: string;
};

const returnedMessage = `Return-Path: <bounces@kb.example>
Received: from kb.example by mx.kb.example; Mon, 5 Jan 2026 06:00:00 +0000
Message-ID: <digest-17@kb.example>
From: kbalertz <alerts@kb.example>
To: ana@example.org
Subject: 3 changes: Teams
MIME-Version: 1.0

Hello`;

/** A report in plain text, followed by the message that came back. */
export function makePlainReport({ from, subject, headers, text }: SampleParts): Uint8Array {
  const head = [
    'Return-Path: <>',
    `From: ${from ?? 'Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>'}`,
    'To: bounces@kb.example',
    `Subject: ${subject ?? 'Undelivered mail'}`,
    ...(headers ?? []),
  ];
  return new TextEncoder().encode([...head, '', text, '', returnedMessage, ''].join('\r\n'));
}

/** A report as RFC 3464 wants it: a text, the fields of each recipient, the message that came back. */
export function makeStatusReport(text: string, fields: string): Uint8Array {
  const boundary = 'sample-boundary';
  const body = [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.org (Mail Delivery System)',
    'To: bounces@kb.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    text,
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    fields,
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    returnedMessage,
    `--${boundary}--`,
    '',
  ];
  return new TextEncoder().encode(body.join('\r\n'));
}

/** A complaint as RFC 5965 wants it. */
export function makeComplaint(fields: string, original = returnedMessage): Uint8Array {
  const boundary = 'sample-boundary';
  const body = [
    'From: <abuse-reports@provider.example>',
    'To: bounces@kb.example',
    'Subject: FW: 3 changes: Teams',
    `Content-Type: multipart/report; report-type=feedback-report; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain',
    '',
    'This is an abuse report for a message received from you.',
    `--${boundary}`,
    'Content-Type: message/feedback-report',
    '',
    fields,
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    original,
    `--${boundary}--`,
    '',
  ];
  return new TextEncoder().encode(body.join('\r\n'));
}
