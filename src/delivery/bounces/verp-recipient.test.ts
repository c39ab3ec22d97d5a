import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readVerpRecipient } from './verp-recipient.ts';

test.each([
  ['bounces+ana=example.org@kb.example', 'ana@example.org'],
  ['bounces-ana.b+news=mail.example.org@kb.example', 'ana.b+news@mail.example.org'],
  ['bounces+17-ana=example.org@kb.example', '17-ana@example.org'],
])('%s is about %s', (address, recipient) => {
  expect(readVerpRecipient(address)).toBe(recipient);
});

test.each([
  'bounces@kb.example',
  'a+b@kb.example',
  'a=b@kb.example',
  '',
  '@',
  'bounces+=example.org@kb.example',
])('"%s" names nobody', (address) => {
  expect(readVerpRecipient(address)).toBeNull();
});

test('any local part is read back', () => {
  const local = fc.stringMatching(/^[a-z0-9][a-z0-9._+-]{0,30}$/);
  fc.assert(
    fc.property(local, (name) => {
      expect(readVerpRecipient(`bounces+${name}=example.org@kb.example`)).toBe(`${name}@example.org`);
    }),
  );
});
