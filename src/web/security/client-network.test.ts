import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { SiteEnv } from '../site-app.ts';
import { findClientNetwork, recogniseClient } from './client-network.ts';

const loopback = ['127.0.0.0/8', '::1/128'];

async function networkOf(
  remoteAddress: string | undefined,
  headers: Record<string, string> = {},
  trusted: readonly string[] = loopback,
): Promise<string> {
  const app = new Hono<SiteEnv>();
  app.use(recogniseClient(trusted));
  app.get('/', (c) => c.text(findClientNetwork(c)));
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text();
}

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
])('%s is of the network %s', async (remoteAddress, network) => {
  expect(await networkOf(remoteAddress)).toBe(network);
});

test('a trusted proxy is believed whom it speaks for, nobody else is', async () => {
  const forwardedFor = (value: string) => ({ 'x-forwarded-for': value });
  expect(await networkOf('127.0.0.1', forwardedFor('198.51.100.1, 192.0.2.7'))).toBe('192.0.2.7');
  expect(await networkOf('::1', forwardedFor('2001:db8::6'))).toBe('2001:db8:0:0::/64');
  expect(await networkOf('203.0.113.5', forwardedFor('192.0.2.7'))).toBe('203.0.113.5');
  expect(await networkOf('127.0.0.1', forwardedFor(''))).toBe('127.0.0.1');
  expect(await networkOf('127.0.0.1', forwardedFor('192.0.2.7'), ['none'])).toBe('127.0.0.1');
  expect(await networkOf('127.0.0.1', forwardedFor('not an address'))).toBe('127.0.0.1');
});

test('a chain of trusted proxies is followed to the first that is not', async () => {
  const trusted = ['127.0.0.1', '10.0.0.0/8'];
  const chain = { 'x-forwarded-for': '192.0.2.1, 203.0.113.9:5123, 10.1.2.3' };
  expect(await networkOf('127.0.0.1', chain, trusted)).toBe('203.0.113.9');
  expect(await networkOf('::ffff:10.0.0.7', chain, trusted)).toBe('203.0.113.9');
  expect(await networkOf('127.0.0.1', chain, ['127.0.0.1'])).toBe('10.1.2.3');
});

test('the standard header is read where the other one is missing', async () => {
  const headers = { forwarded: 'for=192.0.2.1;proto=https, for="[2001:db8:9::6]:4711";by=10.0.0.1' };
  expect(await networkOf('127.0.0.1', headers)).toBe('2001:db8:9:0::/64');
  expect(await networkOf('127.0.0.1', { forwarded: 'for=_hidden' })).toBe('127.0.0.1');
});
