import { expect, test } from 'vitest';
import type { SiteContext } from '../site-app.ts';
import { findClientNetwork } from './client-network.ts';

function requestFrom(remoteAddress: string | undefined, forwardedFor?: string): SiteContext {
  const header = (name: string) => (name === 'x-forwarded-for' ? forwardedFor : undefined);
  // Only the address of the connection and one header are read.
  return { env: { incoming: { socket: { remoteAddress } } }, req: { header } } as unknown as SiteContext;
}

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
])('%s is of the network %s', (remoteAddress, network) => {
  expect(findClientNetwork(requestFrom(remoteAddress))).toBe(network);
});

test('a proxy on this machine is believed whom it speaks for, nobody else is', () => {
  expect(findClientNetwork(requestFrom('127.0.0.1', '198.51.100.1, 192.0.2.7'))).toBe('192.0.2.7');
  expect(findClientNetwork(requestFrom('::1', '2001:db8::6'))).toBe('2001:db8:0:0::/64');
  expect(findClientNetwork(requestFrom('203.0.113.5', '192.0.2.7'))).toBe('203.0.113.5');
  expect(findClientNetwork(requestFrom('127.0.0.1', ''))).toBe('127.0.0.1');
});
