import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressPolicy, checkUrl, isPublicAddress, publicWebOnly } from './check-address.ts';

const refused = (url: string, policy: AddressPolicy = publicWebOnly) =>
  checkUrl(url, policy).kind === 'refused';

describe('a URL', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://127.0.0.1./',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://198.18.0.1/',
    'http://192.0.2.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:10.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[::8.8.8.8]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b::808:808]/',
    'http://[64:ff9b:1::1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[100::1]/',
    'http:\\\\127.0.0.1\\x',
    'http://1.1.1.1@127.0.0.1/',
    'https://user:secret@kb.example/',
    'file:///etc/passwd',
    'ftp://kb.example/',
    'gopher://127.0.0.1:25/',
    'data:text/html,x',
    'javascript:alert(1)',
    '//127.0.0.1/',
    'not a url',
    '',
  ])('is refused: %s', (url) => {
    expect(refused(url)).toBe(true);
  });

  test.each([
    'http://kb.example/',
    'https://kb.example:443/a?b=c',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('is allowed: %s', (url) => {
    expect(refused(url)).toBe(false);
  });

  test('is refused on other ports than those of the web', () => {
    for (const port of [22, 25, 3306, 6379, 8080]) expect(refused(`http://kb.example:${port}/`)).toBe(true);
  });

  test('may be private only where the operator names the host, and on a port only with that port', () => {
    const policy = { allowedHosts: ['10.0.0.5', 'intranet.example:8080'], allowedPorts: [80, 443] };
    expect(refused('http://10.0.0.5/', policy)).toBe(false);
    expect(refused('http://10.0.0.5:8080/', policy)).toBe(true);
    expect(refused('http://10.0.0.6/', policy)).toBe(true);
    expect(refused('http://intranet.example:8080/', policy)).toBe(false);
    expect(refused('http://intranet.example:8081/', policy)).toBe(true);
  });
});

describe('an address', () => {
  const privateIpv4 = fc
    .tuple(
      fc.constantFrom([10], [127], [0], [169, 254], [192, 168], [172, 20], [100, 100]),
      fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
    )
    .map(([head, rest]) => [...head, ...rest].slice(0, 4));

  test('of a private range is never public, whichever way it is embedded in IPv6', () => {
    fc.assert(
      fc.property(privateIpv4, (bytes) => {
        const [a = 0, b = 0, c = 0, d = 0] = bytes;
        const dotted = bytes.join('.');
        const words = [(a << 8) | b, (c << 8) | d].map((word) => word.toString(16)).join(':');
        for (const address of [
          dotted,
          `::ffff:${dotted}`,
          `::ffff:${words}`,
          `::${dotted}`,
          `64:ff9b::${words}`,
          `2002:${words}::`,
        ]) {
          expect(isPublicAddress(address)).toBe(false);
        }
        expect(refused(`http://${((a << 24) | (b << 16) | (c << 8) | d) >>> 0}/`)).toBe(true);
      }),
    );
  });

  test('that is none is not public', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isPublicAddress(`${text}!`)).toBe(false);
      }),
    );
  });
});
