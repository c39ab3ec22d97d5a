import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { SecretKind } from './secret-patterns-data.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA7bq\n'.repeat(4)}-----END RSA PRIVATE KEY-----`;

/** Made up, each in the format of its kind. */
const secrets: readonly (readonly [SecretKind, string])[] = [
  ['private key', key],
  ['token', jwt],
  ['access key', `ghp_${'aB3dE6gH9j'.repeat(4)}`],
  ['access key', 'AKIAIOSFODNN7EXAMPLE'],
  ['access key', `AIza${'Sy1-_bC'.repeat(5)}`],
  ['access key', 'xoxb-1234567890-abcdefghij'],
  ['access key', `sk_live_${'4eC39HqLyjWD'.repeat(2)}`],
  ['product key', 'ABCDE-12345-FGHIJ-67890-KLMNO'],
  ['e-mail address', 'ada.lovelace+kb@mail.example.co.uk'],
  ['private address', '10.1.22.3'],
  ['private address', '192.168.178.20'],
  ['private address', '172.31.0.9'],
  ['private address', 'fe80::1ff:fe23:4567:890a'],
  ['private address', 'fd12:3456:789a:1::1'],
];

describe('secrets', () => {
  test.each(secrets)('of the kind %s are masked wherever they stand: %s', (kind, secret) => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'I ran it on ', 'see (', 'key = "', 'line\n', 'then '),
        fc.constantFrom('', ' and it worked', ').', '"', '\nmore', ', too'),
        (before, after) => {
          const { text, masked } = maskSecrets(before + secret + after);
          expect(text).toBe(`${before}[${kind} masked]${after}`);
          expect(masked).toEqual([{ kind, count: 1 }]);
        },
      ),
    );
  });

  test.each([
    ['password: hunter22', 'password: [password masked]'],
    ['pwd=S3cret!;Server=x', 'pwd=[password masked];Server=x'],
    ['https://bob:hunter2@host.example/x', 'https://bob:[password masked]@host.example/x'],
    ['net user bob Pa55word /add', 'net user bob [password masked] /add'],
    ['Authorization: Bearer abcdefghij0123456789', 'Authorization: Bearer [token masked]'],
    ['api_key="a1b2c3d4e5f6a7b8"', 'api_key="[access key masked]"'],
    ['AccountKey=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6==;', 'AccountKey=[access key masked];'],
    ['copy \\\\fs01\\deploy\\x.msu', 'copy \\\\[server name masked]\\deploy\\x.msu'],
  ])('in %s', (text, expected) => {
    expect(maskSecrets(text).text).toBe(expected);
  });

  test.each([
    'The password is required, then the password has expired.',
    'Error 0x80070002 at 10:45, version 10.0.19045.3693, build 10.0.22631',
    'ping 8.8.8.8, 127.0.0.1 and 169.254.1.1; the network 10.0.0.0/8 is private',
    'C:\\Windows\\System32\\drivers\\etc and HKLM\\SOFTWARE\\Policies',
    'copy \\\\server\\share\\file and \\\\localhost\\c$\\x',
    'docker pull registry.example/app@sha256:0123456789abcdef',
    'npm install @types/node@24 and user@ without a host',
    'The token is invalid; bearer authentication failed; basic authentication is off',
    '{12345678-1234-1234-1234-123456789ABC} is the class id',
  ])('are not seen where there are none: %s', (text) => {
    expect(maskSecrets(text)).toEqual({ text, masked: [] });
  });
});

test('what is masked once is masked for good, and nothing else of a text is lost', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      ...secrets.map(([, secret]) => secret),
      'password:',
      'pwd=',
      '\\\\fs01\\x',
      '@',
      '://',
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const once = maskSecrets(words.join(' '));
      expect(maskSecrets(once.text)).toEqual({ text: once.text, masked: [] });
      for (const [, secret] of secrets) expect(once.text).not.toContain(secret);
      if (once.masked.length === 0) expect(once.text).toBe(words.join(' '));
    }),
    { numRuns: runs(300) },
  );
});

test('takes no time worth mentioning for any text', () => {
  for (const part of [
    'a@',
    'password:',
    '10.',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    '://a:',
    'f',
    'A-',
    '\\\\a',
  ]) {
    const startedMs = performance.now();
    maskSecrets(part.repeat(Math.ceil(5000 / part.length)));
    expect(performance.now() - startedMs).toBeLessThan(1000);
  }
});
