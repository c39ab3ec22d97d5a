import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { parseAddress } from './address.ts';

describe('parseAddress', () => {
  test.each([
    ['ada@example.org', 'ada@example.org', 'ada@example.org'],
    ['  Ada.Lovelace+kb@Example.ORG ', 'Ada.Lovelace+kb@example.org', 'ada.lovelace+kb@example.org'],
    ['jürgen@bücher.example', 'jürgen@xn--bcher-kva.example', 'jürgen@xn--bcher-kva.example'],
    ['用户@例え.テスト', '用户@xn--r8jz45g.xn--zckzah', '用户@xn--r8jz45g.xn--zckzah'],
    ["o'neil@example.org", "o'neil@example.org", "o'neil@example.org"],
    ['ada@example.org.', 'ada@example.org', 'ada@example.org'],
    ['u\u0308@example.org', 'ü@example.org', 'ü@example.org'],
  ])('takes %s', (text, address, key) => {
    expect(parseAddress(text)).toEqual({ kind: 'address', address, key });
  });

  test.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@localhost',
    'ada@@example.org',
    'a@b@example.org',
    'ada lovelace@example.org',
    'ada@example.org\r\nBcc: everybody@example.org',
    'ada@example.org, bob@example.org',
    'Ada <ada@example.org>',
    '"ada"@example.org',
    'ada@[127.0.0.1]',
    'ada@127.0.0.1',
    'ada@example.org/path',
    'ada@user:pass@example.org',
    '.ada@example.org',
    'ada.@example.org',
    'a..b@example.org',
    'ada@-example.org',
    'ada@exam ple.org',
    'ada\u202e@example.org',
    'ada\u0000@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.org`,
  ])('refuses %j with a sentence', (text) => {
    const parsed = parseAddress(text);
    expect(parsed.kind).toBe('bad-address');
    if (parsed.kind === 'bad-address') expect(parsed.sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('never gives an address that could begin a new header or name two mailboxes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.emailAddress(),
          fc.string().map((text) => `${text}@example.org`),
        ),
        (text) => {
          const parsed = parseAddress(text);
          if (parsed.kind === 'bad-address') return;
          expect(parsed.address).not.toMatch(/[\r\n\0\s<>,;:"()]/);
          expect(parsed.address.split('@')).toHaveLength(2);
          expect(parseAddress(parsed.address)).toEqual(parsed);
        },
      ),
      { numRuns: runs(500) },
    );
  });
});
