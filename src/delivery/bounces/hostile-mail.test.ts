import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import type { BounceReport } from './bounce-report.ts';
import { makeComplaint, makePlainReport, makeStatusReport } from './mail-samples.fixture.ts';
import { readBounce } from './read-bounce.ts';

const fields =
  'Final-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 No';
const samples = [
  makeStatusReport('<ana@example.org>: host said: 550 5.1.1 User unknown', fields),
  makePlainReport({
    subject: 'failure notice',
    text: '<ana@example.org>:\nSorry, no mailbox here by that name.',
  }),
  makeComplaint('Feedback-Type: abuse\nOriginal-Rcpt-To: ana@example.org'),
];

function expectSound(report: BounceReport): void {
  const kinds = report.recipients.map((recipient) => recipient.kind);
  if (report.kind === 'none') expect(kinds).toEqual([]);
  else expect(kinds).toContain(report.kind);
  expect(report.recipients.length).toBeLessThanOrEqual(1000);
  for (const { address, diagnostic, status, replyCode } of report.recipients) {
    expect(address).toMatch(/^[^\s]+@[^\s]+$|^".+"@[^\s]+$/);
    expect(diagnostic.length).toBeLessThanOrEqual(500);
    expect(status ?? '5.0.0').toMatch(/^[245]\.\d{1,3}\.\d{1,3}$/);
    expect(replyCode ?? 550).toBeGreaterThanOrEqual(400);
  }
}

test('any bytes give a report and no error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => expectSound(readBounce(bytes))),
    { numRuns: runs(300) },
  );
});

test('bounces with pieces cut out, doubled and overwritten give a report and no error', () => {
  const edit = fc.record({
    at: fc.nat(3000),
    length: fc.nat(200),
    insert: fc.oneof(
      fc.string({ maxLength: 40, unit: 'binary' }),
      fc.constantFrom(
        '\r\n\r\n',
        '--sample-boundary\r\n',
        '<',
        '@',
        ': ',
        '=?utf-8?B?',
        '\0',
        '%',
        '=\r\n',
        '\u001b$B',
      ),
    ),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      (sample, edits) => {
        let text = new TextDecoder('latin1').decode(sample);
        for (const { at, length, insert } of edits)
          text = text.slice(0, at) + insert + text.slice(at + length);
        expectSound(readBounce(Buffer.from(text, 'utf8')));
      },
    ),
    { numRuns: runs(500) },
  );
});

const head = 'From: MAILER-DAEMON\nSubject: failure notice\nReturn-Path: <>\n';
const hostile: readonly [string, string][] = [
  ['spaces', `${head}\n${' '.repeat(900_000)}@`],
  ['one long word', `${head}\n${'a'.repeat(900_000)}`],
  ['at signs', `${head}\n${'a@b '.repeat(200_000)}`],
  ['addresses without end', `${head}\n${'<a@b.example>:\n'.repeat(60_000)}`],
  [
    'different addresses',
    `${head}\n${Array.from({ length: 40_000 }, (_, n) => `<a${n}@b.example>: 550 no`).join('\n')}`,
  ],
  ['style elements', `${head}Content-Type: text/html\n\n${'<style>'.repeat(120_000)}`],
  ['comments', `${head}Content-Type: text/html\n\n${'<!--'.repeat(200_000)}`],
  ['tags', `${head}Content-Type: text/html\n\n${'<a '.repeat(300_000)}`],
  [
    'quoted-printable spaces',
    `${head}Content-Transfer-Encoding: quoted-printable\n\n${'= \t'.repeat(300_000)}`,
  ],
  ['boundaries', `${head}Content-Type: multipart/mixed; boundary=x\n\n${'--x\n\n'.repeat(150_000)}`],
  ['nested multiparts', `${head}${'Content-Type: multipart/mixed; boundary=x\n\n--x\n'.repeat(20_000)}`],
  ['groups', `${head}Content-Type: message/delivery-status\n\n${'A: b\n\n'.repeat(150_000)}`],
  [
    'recipients',
    `${head}Content-Type: message/delivery-status\n\n${'Final-Recipient: a@b.example\n\n'.repeat(30_000)}`,
  ],
  ['header lines', `${head}\n${'From: a\nx\n'.repeat(90_000)}`],
  [
    'encoded words',
    `From: ${'=?utf-8?Q?=41?= '.repeat(50_000)}\nSubject: ${'=?x?B?'.repeat(100_000)}\n\n550`,
  ],
  [
    'words of refusal',
    `${head}\n<a@b.example>: ${'user mailbox account message connection host '.repeat(20_000)}`,
  ],
  ['braces', `${head}\n"notificationType" ${'{'.repeat(900_000)}}`],
  ['carriage returns', '\r'.repeat(1_000_000)],
];
test.each(hostile)(
  'a megabyte of %s is read within a moment',
  (_, text) => {
    expectSound(readBounce(Buffer.from(text)));
  },
  5000,
);

test('what lies beyond the first megabyte is not read', () => {
  const mail = Buffer.concat([
    Buffer.from(`${head}\n`),
    Buffer.alloc(3_000_000, 'x\n'),
    Buffer.from('<ana@example.org>: 550'),
  ]);
  expect(readBounce(mail).recipients).toEqual([]);
});
