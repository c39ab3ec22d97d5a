import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReturnAddresses } from './envelope-sender.ts';

const addresses = createReturnAddresses({ domain: 'bounces.kb.example', key: 'a key' });

test('an envelope sender names its letter, whatever servers do to its case', () => {
  const letter = fc.record({
    kind: fc.constantFrom('digest', 'notice'),
    id: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  });
  fc.assert(
    fc.property(letter, (name) => {
      const sender = addresses.senderOf(name);
      expect(sender.slice(0, sender.indexOf('@')).length).toBeLessThanOrEqual(64); // RFC 5321, 4.5.3.1.1
      for (const written of [sender, sender.toUpperCase(), sender.replace('+', '-')]) {
        expect(addresses.read(written)).toEqual({ kind: 'bounce', letter: name });
      }
    }),
  );
});

test('nobody else can make one', () => {
  const sender = addresses.senderOf({ kind: 'digest', id: 41 });
  const other = createReturnAddresses({ domain: 'bounces.kb.example', key: 'another key' });
  for (const forged of [
    sender.replace('d41', 'd42'),
    sender.replace('d41', 'n41'),
    sender.replace('@bounces.', '@'),
    other.senderOf({ kind: 'digest', id: 41 }),
    'bounces@bounces.kb.example',
    'bounces+d41-@bounces.kb.example',
  ]) {
    expect(addresses.read(forged)).toBeNull();
  }
  fc.assert(fc.property(fc.string(), (text) => addresses.read(text) === null));
});

test('requests to stop and complaints have addresses of their own', () => {
  expect(addresses.read(addresses.unsubscribe)).toEqual({ kind: 'unsubscribe' });
  expect(addresses.read('Complaints@Bounces.KB.example')).toEqual({ kind: 'complaint' });
});
