import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../knowledge/source.ts';
import {
  createTestClient,
  createTestTime,
  describeTestSource,
  type LoopbackSite,
  openLoopbackSite,
  readTodaysSnapshot,
  redirectTo,
  withEtag,
} from '../http/loopback-site.fixture.ts';
import type { PoliteClient, Politeness } from '../http/polite-client.ts';
import { createVolatileFetchMemory } from '../http/volatile-fetch-memory.ts';
import { createPagesReader } from './create-pages-reader.ts';

let site: LoopbackSite;
let client: PoliteClient;
let memory = createVolatileFetchMemory();
const time = createTestTime();
const reopen = (politeness: Partial<Politeness> = {}) =>
  createTestClient({ sites: [site], memory, politeness, clock: time.clock });
beforeEach(async () => {
  site = await openLoopbackSite();
  memory = createVolatileFetchMemory();
  client = reopen();
});
afterEach(async () => {
  await client.close();
  await site.close();
});

const page = (text: string, head = '') =>
  `<html><head>${head}</head><body><nav>menu</nav><main><h1>${text}</h1><p>${text}: what happens, why it happens, and what to do about it when it does.</p></main></body></html>`;
const show = (pages: Record<string, string>) => {
  for (const [path, text] of Object.entries(pages))
    site.answer(path, withEtag(page(text), { 'content-type': 'text/html' }));
  list(Object.keys(pages));
};
const list = (paths: readonly string[]) =>
  site.answer(
    '/sitemap.xml',
    withEtag(`<urlset>${paths.map((path) => `<url><loc>${site.url}${path}</loc></url>`).join('')}</urlset>`),
  );
const scan = async (
  cursor: string | null,
  settings = {},
  path = '/sitemap.xml',
): Promise<Snapshot | null> => {
  time.pass(60_000);
  const reader = createPagesReader({ client, memory, clock: time.clock });
  const source = describeTestSource('pages', site.url + path, settings);
  return readTodaysSnapshot(reader, source, cursor);
};
const keysOf = (snapshot: Snapshot | null) => snapshot?.drafts.map(({ key }) => key.replace(site.url, ''));

describe('a site', () => {
  test('is read whole at first, then only where something changed', async () => {
    show({ '/a': 'A', '/b': 'B' });
    const first = await scan(null);
    expect(first).toMatchObject({ extent: 'whole', articleCount: 2 });
    show({ '/a': 'A', '/b': 'B, revised', '/c': 'C' });
    site.requests.length = 0;
    const second = await scan(first?.proof ?? '');
    expect(keysOf(second)?.sort()).toEqual(['/b', '/c']);
    expect(second).toMatchObject({ extent: 'difference', articleCount: 3, vanished: [] });
    expect([...site.requests].sort()).toEqual(['GET /a', 'GET /b', 'GET /c', 'GET /sitemap.xml']);
    expect(await scan(second?.proof ?? '')).toBeNull();
  });

  test.each([
    ['an index of sitemaps, one in gzip', '/index.xml'],
    ['the sitemap that its robots.txt names', '/home'],
    ['a list of addresses', '/list.txt'],
    ['the links of an overview', '/kb/'],
  ])('is listed by %s', async (_, path) => {
    for (const name of ['/kb/a', '/kb/b'])
      site.answer(name, withEtag(page(name), { 'content-type': 'text/html' }));
    const urls = `<urlset><url><loc>${site.url}/kb/a</loc></url></urlset>`;
    site.answer(
      '/index.xml',
      `<sitemapindex><sitemap><loc>${site.url}/1.xml.gz</loc></sitemap><sitemap><loc>${site.url}/2.xml</loc></sitemap></sitemapindex>`,
    );
    site.answer('/1.xml.gz', (_request, response) => void response.end(gzipSync(urls)));
    site.answer('/2.xml', urls.replace('/kb/a', '/kb/b'));
    site.answer('/list.txt', `${site.url}/kb/a\n${site.url}/kb/b\n`);
    site.answer('/home', '<html><body>home</body></html>');
    site.answer(
      '/kb/',
      '<html><body><a href="a">a</a> <a href="b#x">b</a> <a href="/elsewhere">c</a></body></html>',
    );
    if (path === '/home') site.answer('/robots.txt', `Sitemap: ${site.url}/index.xml`);
    expect(keysOf(await scan(null, {}, path))?.sort()).toEqual(['/kb/a', '/kb/b']);
  });

  test('may be listed by hand, and cut by patterns', async () => {
    show({ '/kb/a': 'A', '/kb/b': 'B', '/news/c': 'C' });
    expect(keysOf(await scan(null, { urls: [`${site.url}/kb/a`] }))).toEqual(['/kb/a']);
    memory = createVolatileFetchMemory();
    client = reopen();
    expect(keysOf(await scan(null, { include: '/kb/*', exclude: '*/b$' }))).toEqual(['/kb/a']);
  });

  test('is not left for other hosts that its sitemap names', async () => {
    show({ '/a': 'A' });
    site.answer(
      '/sitemap.xml',
      `<urlset><url><loc>${site.url}/a</loc></url><url><loc>http://10.0.0.1/x</loc></url><url><loc>https://victim.example/</loc></url></urlset>`,
    );
    expect(keysOf(await scan(null))).toEqual(['/a']);
  });
});

describe('a page', () => {
  test('that answers 404 or 410 is retired with the reason, listed or not', async () => {
    show({ '/a': 'A', '/b': 'B', '/c': 'C' });
    const first = await scan(null);
    list(['/a', '/b']);
    for (const [path, status] of [
      ['/b', 410],
      ['/c', 404],
    ] as const)
      site.answer(path, (_, response) => void response.writeHead(status).end());
    const second = await scan(first?.proof ?? '');
    expect([...(second?.vanished ?? [])].sort((x, y) => (x.key < y.key ? -1 : 1))).toEqual([
      { key: `${site.url}/b`, because: 'The vendor removed the page (410).' },
      { key: `${site.url}/c`, because: 'The vendor removed the page (404).' },
    ]);
    expect(second).toMatchObject({ drafts: [], articleCount: 1 });
  });

  test('that leaves the list and is still there is kept and watched', async () => {
    show({ '/a': 'A', '/b': 'B' });
    const first = await scan(null);
    list(['/a']);
    expect(await scan(first?.proof ?? '')).toBeNull();
    site.answer('/b', withEtag(page('B, revised'), { 'content-type': 'text/html' }));
    expect(keysOf(await scan(first?.proof ?? ''))).toEqual(['/b']);
  });

  test('that moved keeps its former address as a proof', async () => {
    show({ '/old': 'A', '/b': 'B' });
    const first = await scan(null);
    show({ '/new': 'A', '/b': 'B' });
    site.answer('/old', redirectTo('/new'));
    const second = await scan(first?.proof ?? '');
    expect(second?.vanished).toEqual([{ key: `${site.url}/old`, because: null }]);
    expect(second?.drafts).toMatchObject([{ key: `${site.url}/new`, aliases: [`${site.url}/old`] }]);
  });

  test('that names another one as canonical is that one', async () => {
    show({ '/a': 'A' });
    site.answer(
      '/a-print',
      withEtag(page('A', `<link rel="canonical" href="${site.url}/a">`), { 'content-type': 'text/html' }),
    );
    list(['/a-print', '/a']);
    expect(keysOf(await scan(null))).toEqual(['/a']);
  });

  test.each([
    ['fails', 500],
    ['is forbidden', 403],
  ])('that %s for a night stays as it was', async (_, status) => {
    show({ '/a': 'A', '/b': 'B' });
    const first = await scan(null);
    show({ '/a': 'A, revised', '/b': 'B' });
    site.answer('/b', (_request, response) => void response.writeHead(status).end());
    const second = await scan(first?.proof ?? '');
    expect(keysOf(second)).toEqual(['/a']);
    expect(second).toMatchObject({ vanished: [], articleCount: 2 });
    expect(second?.warnings).toHaveLength(1);
  });

  test('that robots.txt forbids is not asked for', async () => {
    site.answer('/robots.txt', 'User-agent: *\nDisallow: /b');
    show({ '/a': 'A', '/b': 'B' });
    const first = await scan(null);
    expect(keysOf(first)).toEqual(['/a']);
    expect(first?.warnings).toEqual([
      `${site.url}/b was passed over: robots.txt of ${site.host} forbids it.`,
    ]);
    expect(site.requests).not.toContain('GET /b');
  });

  test('in plain text is an article too', async () => {
    site.answer(
      '/a',
      (_, response) => void response.setHeader('content-type', 'text/plain').end('SYMPTOMS\n\nIt stops.'),
    );
    list(['/a']);
    expect((await scan(null))?.drafts[0]?.published).toMatchObject({
      format: 'text',
      text: 'SYMPTOMS\n\nIt stops.',
    });
  });
});

describe('a night', () => {
  test('whose budget ends in the first scan is gone on with', async () => {
    show(Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`/p${n}`, `P ${n}`])));
    client = reopen({ requestsPerNight: 8 });
    await expect(scan(null)).rejects.toMatchObject({ code: 'postponed' });
    time.pass(24 * 3600_000);
    const second = await scan(null);
    expect(second).toMatchObject({ extent: 'whole', articleCount: 10 });
    // robots.txt and the sitemap are asked again, every page once.
    expect(site.requests.filter((line) => line.includes('/p'))).toHaveLength(10);
  });

  test('whose budget ends later gives what it saw, and the next one begins with the rest', async () => {
    show(Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`/p${n}`, `P ${n}`])));
    const first = await scan(null);
    show(Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`/p${n}`, `P ${n}, revised`])));
    time.pass(24 * 3600_000);
    client = reopen({ requestsPerNight: 5 });
    const second = await scan(first?.proof ?? '');
    expect(second?.drafts).toHaveLength(3);
    expect(second).toMatchObject({ extent: 'difference', articleCount: 6, vanished: [] });
    time.pass(24 * 3600_000);
    const third = await scan(second?.proof ?? '');
    expect(new Set([...(keysOf(second) ?? []), ...(keysOf(third) ?? [])]).size).toBe(6);
  });

  test('in which one page stands for all is not believed', async () => {
    const pages = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`/p${n}`, `P ${n}`]));
    show(pages);
    const first = await scan(null);
    show(Object.fromEntries(Object.keys(pages).map((path) => [path, 'Please sign in'])));
    await expect(scan(first?.proof ?? '')).rejects.toMatchObject({ code: 'same-page' });
  });

  test('in which the site is down is given up after some pages', async () => {
    show(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`/p${n}`, `P ${n}`])));
    const first = await scan(null);
    for (let n = 0; n < 60; n += 1)
      site.answer(`/p${n}`, (_, response) => void response.writeHead(500).end());
    client = reopen({ attempts: 1 });
    await expect(scan(first?.proof ?? '')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

test.each([
  ['nothing there', '/nothing', {}, 'gone'],
  ['no page that is wanted', '/sitemap.xml', { include: '/none/*' }, 'no-pages'],
  ['settings that make no sense', '/sitemap.xml', { maxPages: 'many' }, 'bad-settings'],
])('%s fails in words', async (_, path, settings, code) => {
  show({ '/a': 'A' });
  await expect(scan(null, settings, path)).rejects.toMatchObject({ name: 'SourceError', code });
});
