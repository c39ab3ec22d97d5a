import { expect, test } from 'vitest';
import { readReasonFromText } from './read-refusal-text.ts';

test.each([
  ['Recipient address rejected: Authentication checks failed', 'authentication'],
  ['Recipient address rejected: Mailing list expansion prohibited', 'policy'],
  ['Sender address rejected: Domain not found', 'rejected'],
  ['Mailbox size limit exceeded', 'mailbox-full'],
  ['The mailbox is disabled', 'suspended'],
  [
    'Host or domain name not found. Name service error for name=example.org type=MX: Host not found',
    'host-unknown',
  ],
  ['Name service error for name=example.org: Host not found, try again', 'network'],
  ['Adresse du destinataire inconnue', 'user-unknown'],
  ['Message size exceeds fixed limit', 'too-large'],
  ['Mailbox owner has changed', 'has-moved'],
])('"%s" says %s', (text, reason) => {
  expect(readReasonFromText(text)).toBe(reason);
});

test('an address says nothing, whatever words are in it', () => {
  expect(readReasonFromText('550 <spam.virus@mailbox-full.example>: Go away')).toBeNull();
});

test('a URL counts only where the words say nothing', () => {
  expect(readReasonFromText('550 No thanks, see https://www.spamhaus.org/query/ip/192.0.2.1')).toBe(
    'blocked',
  );
  expect(readReasonFromText('552 Mailbox full, see https://mail.example/help#user-unknown')).toBe(
    'mailbox-full',
  );
});
