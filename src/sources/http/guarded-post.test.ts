import { afterEach, describe, expect, test } from 'vitest';
import { type Hook, openHook } from '../../../tests/factories/open-hook.ts';
import { createGuardedPoster, type GuardedPoster } from './guarded-post.ts';

const open: (Hook | GuardedPoster)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(given: { allowed?: boolean; addresses?: readonly string[]; timeoutMs?: number } = {}) {
  const hook = await openHook();
  const poster = createGuardedPoster({
    policy: { allowedHosts: given.allowed === false ? [] : [hook.host], allowedPorts: [443, 8443] },
    resolveHost: async () => given.addresses ?? ['127.0.0.1'],
    timeoutMs: given.timeoutMs ?? 2000,
  });
  open.push(hook, poster);
  const post = (url: string) => poster.post({ url, headers: { 'x-a': 'b' }, body: Buffer.from('{"a":1}') });
  return { hook, poster, post };
}

describe('posting to an address from outside', () => {
  test('gives the answer of a host that the operator named', async () => {
    const { hook, post } = await start();
    hook.answer = { status: 202, body: 'taken', headers: { 'x-b': 'c' } };
    const answer = await post(`${hook.url}/in?x=1`);
    expect(answer).toMatchObject({ kind: 'answered', status: 202, body: 'taken', headers: { 'x-b': 'c' } });
    expect(hook.received).toMatchObject([{ path: '/in?x=1', headers: { 'x-a': 'b' } }]);
    expect(hook.received[0]?.body.toString()).toBe('{"a":1}');
  });

  test('refuses what is not https, has a user name, another port or a private address', async () => {
    const { poster, post, hook } = await start({ allowed: false });
    for (const url of [
      `${hook.url}/`,
      'http://example.org/',
      'https://user@example.org/',
      'https://example.org:22/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://0x7f.1/',
      'https://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'nothing',
    ]) {
      expect(poster.findProblem(url), url).not.toBeNull();
      expect(await post(url), url).toMatchObject({ kind: 'refused' });
    }
    expect(poster.findProblem('https://example.org/hook')).toBeNull();
    expect(hook.received).toEqual([]);
  });

  test('refuses a name that leads to a private address, alone or among others', async () => {
    for (const addresses of [['127.0.0.1'], ['93.184.215.14', '10.1.2.3'], ['fd00::1'], []]) {
      const { post } = await start({ allowed: false, addresses });
      expect(await post('https://rebound.example.org/')).toMatchObject({ kind: 'refused' });
    }
  });

  test('follows no redirection', async () => {
    const { hook, post } = await start();
    hook.answer = { status: 307, headers: { location: 'http://127.0.0.1:1/' } };
    expect(await post(hook.url)).toMatchObject({ kind: 'answered', status: 307 });
    expect(hook.received).toHaveLength(1);
  });

  test('reads the beginning of an answer only, and waits no longer than it may', async () => {
    const { hook, post } = await start({ timeoutMs: 300 });
    hook.answer = { status: 200, body: 'x'.repeat(3_000_000) };
    const answer = await post(hook.url);
    expect(answer.kind === 'answered' && answer.body.length).toBe(4096);
    hook.answer = { status: 200, delayMs: 2000 };
    expect(await post(hook.url)).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('longer'),
    });
    await hook.close();
    expect(await post(hook.url)).toMatchObject({ kind: 'failed' });
  });
});
