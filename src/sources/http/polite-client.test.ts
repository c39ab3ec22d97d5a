import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asId, type Instant } from '../../knowledge/ids.ts';
import {
  createTestClient,
  createTestTime,
  type LoopbackSite,
  openLoopbackSite,
  redirectTo,
  withEtag,
} from './loopback-site.fixture.ts';
import type { PoliteClient } from './polite-client.ts';
import { createVolatileFetchMemory } from './volatile-fetch-memory.ts';

const { signal } = new AbortController();
let site: LoopbackSite;
const clients: PoliteClient[] = [];
const open = (options: Omit<Parameters<typeof createTestClient>[0], 'sites'> = {}) => {
  const client = createTestClient({ sites: [site], ...options });
  clients.push(client);
  return client;
};
const get = (client: PoliteClient, path: string) => client.fetch({ url: site.url + path, signal });

beforeEach(async () => {
  site = await openLoopbackSite();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await site.close();
});

describe('robots.txt', () => {
  test('is asked once and obeyed', async () => {
    site.answer('/robots.txt', 'User-agent: *\nDisallow: /private\nAllow: /private/open\n');
    site.answer('/private/a', 'secret');
    site.answer('/private/open', 'open');
    const client = open();
    expect(await get(client, '/private/a')).toMatchObject({ kind: 'forbidden' });
    expect(await get(client, '/private/open')).toMatchObject({ kind: 'page' });
    expect(site.requests).toEqual(['GET /robots.txt', 'GET /private/open']);
  });

  test('is obeyed in the rules for this program before those for all', async () => {
    site.answer('/robots.txt', 'User-agent: *\nDisallow: /\n\nUser-agent: kbalertz\nDisallow: /no\n');
    site.answer('/yes', 'yes');
    const client = open();
    expect(await get(client, '/yes')).toMatchObject({ kind: 'page' });
    expect(await get(client, '/no')).toMatchObject({ kind: 'forbidden' });
  });

  test('that can not be read because the server fails forbids everything for now', async () => {
    site.answer('/robots.txt', (_, response) => {
      response.statusCode = 500;
      response.end();
    });
    site.answer('/a', 'a');
    const fetched = await get(open(), '/a');
    expect(fetched).toMatchObject({ kind: 'failed', code: 'server-error' });
    expect(site.requests).not.toContain('GET /a');
  });

  test('is obeyed at the target of a redirection too', async () => {
    site.answer('/robots.txt', 'User-agent: *\nDisallow: /no\n');
    site.answer('/a', redirectTo('/no'));
    expect(await get(open(), '/a')).toMatchObject({ kind: 'forbidden', url: `${site.url}/no` });
    expect(site.requests).not.toContain('GET /no');
  });

  test('is remembered for a day over the end of the process', async () => {
    site.answer('/robots.txt', 'User-agent: *\nDisallow: /no\n');
    const memory = createVolatileFetchMemory();
    const { clock, pass } = createTestTime();
    await get(open({ memory, clock }), '/no');
    await get(open({ memory, clock }), '/no');
    expect(site.requests).toEqual(['GET /robots.txt']);
    pass(25 * 3600_000);
    await get(open({ memory, clock }), '/no');
    expect(site.requests).toEqual(['GET /robots.txt', 'GET /robots.txt']);
  });

  test('names the sitemaps of the site', async () => {
    site.answer('/robots.txt', `Sitemap: ${site.url}/sitemap.xml\nSitemap: nonsense\n`);
    expect(await open().listSitemaps(site.url, signal)).toEqual([`${site.url}/sitemap.xml`]);
  });
});

describe('a host', () => {
  test('gets one request at a time with the gap between them, or its longer Crawl-delay', async () => {
    let underWay = 0;
    let most = 0;
    site.answer('/robots.txt', 'User-agent: *\nCrawl-delay: 7\n');
    for (const path of ['/a', '/b', '/c']) {
      site.answer(path, async (_, response) => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setTimeout(resolve, 5));
        underWay -= 1;
        response.end('x');
      });
    }
    const { clock, sleep, slept } = createTestTime();
    const client = open({ clock, sleep, politeness: { gapMs: 1000 } });
    await Promise.all([get(client, '/a'), get(client, '/b'), get(client, '/c')]);
    expect(most).toBe(1);
    expect(slept).toEqual([7000, 7000, 7000]);
  });

  test('is asked with a User-Agent that names the program and a contact', async () => {
    let agent = '';
    site.answer('/a', (request, response) => {
      agent = request.headers['user-agent'] ?? '';
      response.end();
    });
    await get(open(), '/a');
    expect(agent).toMatch(/^kbalertz\/\S+ \(\+https:/);
  });

  test('that spent its budget is left alone until the next night', async () => {
    site.answer('/a', 'a');
    const { clock, pass } = createTestTime();
    const client = open({ clock, politeness: { requestsPerNight: 2 } });
    expect(await get(client, '/a')).toMatchObject({ kind: 'page' });
    expect(await get(client, '/a')).toMatchObject({ kind: 'postponed' });
    pass(24 * 3600_000);
    expect(await get(client, '/a')).toMatchObject({ kind: 'page' });
  });

  test('that asks for a short pause gets it and is asked again', async () => {
    let asked = 0;
    site.answer('/a', (_, response) => {
      response.statusCode = ++asked === 1 ? 429 : 200;
      response.setHeader('retry-after', '30');
      response.end('a');
    });
    const { clock, sleep, slept } = createTestTime();
    expect(await get(open({ clock, sleep }), '/a')).toMatchObject({ kind: 'page' });
    expect(slept).toEqual([30_000]);
  });

  test('that asks for a long rest gets it, also from the next process', async () => {
    const { clock, sleep, pass } = createTestTime();
    const memory = createVolatileFetchMemory();
    let status = 503;
    site.answer('/a', (_, response) => {
      response.statusCode = status;
      response.setHeader('retry-after', new Date(clock.now() + 3600_000).toUTCString());
      response.end('a');
    });
    expect(await get(open({ clock, sleep, memory }), '/a')).toMatchObject({ kind: 'postponed' });
    const asked = site.requests.length;
    status = 200;
    expect(await get(open({ clock, sleep, memory }), '/a')).toMatchObject({ kind: 'postponed' });
    expect(site.requests.length).toBe(asked);
    pass(3601_000);
    expect(await get(open({ clock, sleep, memory }), '/a')).toMatchObject({ kind: 'page' });
  });

  test('that fails is tried a few times with growing pauses, then given up for the night', async () => {
    site.answer('/a', (_, response) => {
      response.statusCode = 502;
      response.end();
    });
    const { clock, sleep, slept } = createTestTime();
    const client = open({
      clock,
      sleep,
      politeness: { attempts: 4, backOff: { baseMs: 1000, maxMs: 60_000 } },
    });
    expect(await get(client, '/a')).toMatchObject({ kind: 'failed', code: 'server-error', status: 502 });
    expect(site.requests.filter((line) => line === 'GET /a').length).toBe(4);
    expect(slept).toEqual([1500, 3000, 6000]);
  });
});

describe('an answer', () => {
  test('gives the validators by which the next visit costs one conditional request', async () => {
    site.answer('/a', withEtag('a'));
    const client = open();
    const first = await get(client, '/a');
    if (first.kind !== 'page') throw new Error('no page');
    const again = await client.fetch({ url: `${site.url}/a`, validators: first.validators, signal });
    expect(again).toMatchObject({ kind: 'unchanged' });
  });

  test.each([404, 410])('of %i says that the page is missing', async (status) => {
    site.answer('/a', (_, response) => {
      response.statusCode = status;
      response.end();
    });
    expect(await get(open(), '/a')).toMatchObject({ kind: 'missing', status });
  });

  test('in gzip is unpacked, and one that expands without end is not', async () => {
    const packed = (bytes: number) => gzipSync(Buffer.alloc(bytes));
    site.answer('/good', (_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('good'));
    });
    site.answer('/bomb', (_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(packed(30_000_000));
    });
    const client = open();
    const good = await get(client, '/good');
    expect(good.kind === 'page' && Buffer.from(good.body).toString()).toBe('good');
    expect(await get(client, '/bomb')).toMatchObject({ kind: 'failed', code: 'expands-too-far' });
  });

  test('that never ends costs no more than the limit, in bytes and in time', async () => {
    const pour =
      (everyMs: number, bytes: number) => (_: unknown, response: import('node:http').ServerResponse) => {
        const timer = setInterval(() => response.write(Buffer.alloc(bytes)), everyMs);
        response.on('close', () => clearInterval(timer));
      };
    site.answer('/endless', pour(1, 65_536));
    site.answer('/slow', pour(20, 1));
    const client = open({ politeness: { timeoutMs: 500, attempts: 1 } });
    const large = await client.fetch({ url: `${site.url}/endless`, maxBytes: 1_000_000, signal });
    expect(large).toMatchObject({ kind: 'failed', code: 'too-large' });
    const startedAt = performance.now();
    expect(await get(client, '/slow')).toMatchObject({ kind: 'failed', code: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test('that breaks off, or is no HTTP, is a failure in plain words', async () => {
    site.answer('/broken', (_, response) => {
      response.setHeader('content-length', '100');
      response.write('x');
      response.destroy();
    });
    const fetched = await get(open({ politeness: { attempts: 1 } }), '/broken');
    expect(fetched).toMatchObject({ kind: 'failed', code: 'no-connection' });
  });
});

describe('a redirection', () => {
  test('that is permanent is remembered, and forgotten when its target is gone', async () => {
    const memory = createVolatileFetchMemory();
    site.answer('/old', redirectTo('/new', 308));
    site.answer('/new', 'new');
    expect(await get(open({ memory }), '/old')).toMatchObject({ kind: 'page', movedTo: `${site.url}/new` });
    site.requests.length = 0;
    expect(await get(open({ memory }), '/old')).toMatchObject({ kind: 'page', movedTo: `${site.url}/new` });
    expect(site.requests).toEqual(['GET /new']);
    site.answer('/old', 'back again');
    site.answer('/new', (_, response) => {
      response.statusCode = 404;
      response.end();
    });
    expect(await get(open({ memory }), '/old')).toMatchObject({
      kind: 'page',
      movedTo: null,
      url: `${site.url}/old`,
    });
  });

  test('that is temporary is followed and not remembered', async () => {
    const memory = createVolatileFetchMemory();
    site.answer('/a', redirectTo('/b', 302));
    site.answer('/b', redirectTo('/c', 301));
    site.answer('/c', 'c');
    expect(await get(open({ memory }), '/a')).toMatchObject({
      kind: 'page',
      url: `${site.url}/c`,
      movedTo: null,
    });
    expect(await memory.recallRedirect(`${site.url}/a`)).toBeNull();
  });

  test('that goes round in circles ends', async () => {
    site.answer('/a', redirectTo('/b', 302));
    site.answer('/b', redirectTo('/a', 302));
    expect(await get(open(), '/a')).toMatchObject({ kind: 'failed', code: 'bad-redirect' });
  });

  test.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/',
    'http://[::1]/',
    'file:///etc/passwd',
    'http://2130706433/',
    '//0x7f.1/',
  ])('to %s is not followed', async (target) => {
    site.answer('/a', redirectTo(target, 302));
    expect(await get(open(), '/a')).toMatchObject({ kind: 'forbidden' });
  });
});

describe('a resolver that lies', () => {
  test('gets no second question: the address that was checked is the one connected to', async () => {
    const name = `rebinding.example:${new URL(site.url).port}`;
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    site.answer('/a', 'the first');
    let asked = 0;
    const client = open({
      policy: { allowedHosts: [name], allowedPorts: [80] },
      resolveHost: async () => answers[asked++] ?? [],
    });
    expect(await client.fetch({ url: `http://${name}/a`, signal })).toMatchObject({ kind: 'page' });
    // robots.txt and the page went over one connection, for which the name was resolved once.
    expect(asked).toBe(1);
    expect(site.requests).toEqual(['GET /robots.txt', 'GET /a']);
  });

  test.each([
    ['loopback', ['127.0.0.1']],
    ['a private range', ['10.0.0.1']],
    ['IPv4-mapped IPv6', ['::ffff:127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a public and a private address', ['93.184.216.34', '192.168.0.1']],
    ['no address', []],
  ])('and answers with %s is refused', async (_, addresses) => {
    const port = Number(new URL(site.url).port);
    const client = open({
      policy: { allowedHosts: [], allowedPorts: [port] },
      resolveHost: async () => addresses,
    });
    const fetched = await client.fetch({ url: `http://evil.example:${port}/`, signal });
    expect(fetched).toMatchObject({ kind: 'failed', code: 'forbidden-address' });
    expect(site.requests).toEqual([]);
  });

  test('may lead to loopback for a host that the operator named', async () => {
    const port = new URL(site.url).port;
    site.answer('/a', 'a');
    const client = open({
      policy: { allowedHosts: [`intranet.example:${port}`], allowedPorts: [80] },
      resolveHost: async () => ['127.0.0.1'],
    });
    const fetched = await client.fetch({ url: `http://intranet.example:${port}/a`, signal });
    expect(fetched).toMatchObject({ kind: 'page' });
  });
});

test('an aborted signal ends a wait at once and throws its reason', async () => {
  const controller = new AbortController();
  site.answer('/a', () => undefined);
  const fetching = open().fetch({ url: `${site.url}/a`, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('stopped')), 50);
  await expect(fetching).rejects.toThrow('stopped');
});

test('a memory of the future does not keep a host waiting after its rest', async () => {
  const memory = createVolatileFetchMemory();
  const { clock } = createTestTime();
  await memory.rememberRest(site.host, asId<Instant>(clock.now() - 1));
  site.answer('/a', 'a');
  expect(await get(open({ memory, clock }), '/a')).toMatchObject({ kind: 'page' });
});
