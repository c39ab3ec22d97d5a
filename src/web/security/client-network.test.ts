import { expect, test } from 'vitest';
import type { SiteContext } from '../site-app.ts';
import { findClientNetwork } from './client-network.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
])('%s is of the network %s', (remoteAddress, network) => {
  // Only the address of the connection is read.
  const c = { env: { incoming: { socket: { remoteAddress } } } } as unknown as SiteContext;
  expect(findClientNetwork(c)).toBe(network);
});
