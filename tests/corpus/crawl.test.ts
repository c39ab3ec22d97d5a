import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/knowledge/source.ts';
import {
  createTestClient,
  createTestTime,
  describeTestSource,
  openLoopbackSite,
  readTodaysSnapshot,
} from '../../src/sources/http/loopback-site.fixture.ts';
import { createVolatileFetchMemory } from '../../src/sources/http/volatile-fetch-memory.ts';
import { createPagesReader } from '../../src/sources/pages/create-pages-reader.ts';

const pageCount = 5000;
const gapMs = 500;
const filler =
  'The service stops when the queue is full, and it starts again after the queue was emptied by hand. ';

/** A site of 5,000 pages with everything that sites do to visitors. */
async function openLargeSite(clock: { now(): number }) {
  const revised = new Set<number>();
  const removed = new Set<number>();
  let bytes = 0;
  let conditional = 0;
  const arrivals: { path: string; at: number }[] = [];
  const stumbled = new Set<string>();

  const textOf = (n: number) =>
    `<html lang="en"><head><title>Page ${n}</title><link rel="canonical" href="/kb/${n}"></head><body><nav>${'<a href="/">menu</a>'.repeat(20)}</nav><main><h1>Page ${n}</h1><p>${revised.has(n) ? 'Revised. ' : ''}Number ${n}. ${filler.repeat(20)}</p></main></body></html>`;

  const site = await openLoopbackSite(answer);
  site.answer('/robots.txt', (request, response) => {
    arrivals.push({ path: request.url ?? '', at: clock.now() });
    response.end('User-agent: *\nDisallow: /kb/13\nDisallow: /private/\nCrawl-delay: 1\n');
  });
  return {
    site,
    arrivals,
    revise: (n: number) => revised.add(n),
    remove: (n: number) => removed.add(n),
    takeCounts() {
      const counts = { bytes, conditional };
      [bytes, conditional] = [0, 0];
      return counts;
    },
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    arrivals.push({ path, at: clock.now() });
    const send = (status: number, body: string | Buffer = '', headers: Record<string, string> = {}) => {
      bytes += Buffer.byteLength(body);
      response.writeHead(status, headers).end(body);
    };
    const sendWithEtag = (body: string | Buffer, headers: Record<string, string>) => {
      const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
      if (request.headers['if-none-match'] !== undefined) conditional += 1;
      if (request.headers['if-none-match'] === etag) send(304, '', { etag });
      else send(200, body, { ...headers, etag });
    };
    const parts = /^\/sitemap-(\d)\.xml\.gz$/.exec(path);
    if (path === '/sitemap.xml') {
      const inner = Array.from(
        { length: 5 },
        (_, n) => `<sitemap><loc>${site.url}/sitemap-${n}.xml.gz</loc></sitemap>`,
      );
      return void sendWithEtag(`<sitemapindex>${inner.join('')}</sitemapindex>`, {});
    }
    if (parts) {
      const from = Number(parts[1]) * 1000;
      const urls = Array.from({ length: 1000 }, (_, n) => `<url><loc>${site.url}/kb/${from + n}</loc></url>`);
      return void sendWithEtag(
        gzipSync(`<urlset>${urls.join('')}<url><loc>${site.url}/private/x</loc></url></urlset>`),
        { 'content-type': 'application/gzip' },
      );
    }
    const n = Number(/^\/(?:kb|moved)\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
    if (Number.isNaN(n)) return void send(404);
    if (removed.has(n)) return void send(410);
    const isFirstTime = !stumbled.has(path);
    stumbled.add(path);
    if (n % 500 === 3 && isFirstTime) return void send(503, '', { 'retry-after': '20' });
    if (n % 500 === 4 && isFirstTime) return void send(500);
    if (n % 500 === 5) return void send(500);
    if (n % 500 === 6 && path.startsWith('/kb/')) return void send(301, '', { location: `/moved/${n}` });
    if (n % 500 === 7 && isFirstTime)
      return void setTimeout(() => sendWithEtag(textOf(n), { 'content-type': 'text/html' }), 30);
    if (n % 500 === 8) return void response.destroy();
    sendWithEtag(textOf(n), { 'content-type': 'text/html; charset=utf-8' });
  }
}

test('5,000 pages are crawled by all the rules, and the second night costs a conditional request each', async () => {
  const time = createTestTime();
  const large = await openLargeSite(time.clock);
  const { site } = large;
  const memory = createVolatileFetchMemory();
  const client = createTestClient({
    sites: [site],
    memory,
    clock: time.clock,
    // The clock stands still while a request is under way: gaps are exact.
    sleep: time.sleep,
    politeness: { gapMs, attempts: 3, timeoutMs: 5000, backOff: { baseMs: 1000, maxMs: 4000 } },
  });
  const reader = createPagesReader({ client, memory, clock: time.clock });
  const source = describeTestSource('pages', `${site.url}/sitemap.xml`);
  const scan = async (cursor: string | null): Promise<Snapshot | null> => {
    return readTodaysSnapshot(reader, source, cursor);
  };
  const forbidden = (path: string) => path.startsWith('/kb/13') || path.startsWith('/private/');
  const listForbidden = () => large.arrivals.filter(({ path }) => forbidden(path)).map(({ path }) => path);
  const shortestGapMs = () =>
    large.arrivals
      .slice(1)
      .reduce(
        (shortest, { at }, index) => Math.min(shortest, at - (large.arrivals[index]?.at ?? 0)),
        Number.POSITIVE_INFINITY,
      );

  const first = await scan(null);
  const firstNight = large.takeCounts();
  const unreadable = Array.from({ length: pageCount }, (_, n) => n).filter(
    (n) => n % 500 === 5 || n % 500 === 8,
  );
  const barred = Array.from({ length: pageCount }, (_, n) => n).filter((n) => forbidden(`/kb/${n}`));
  const readable = pageCount - new Set([...unreadable, ...barred]).size;
  expect(first).toMatchObject({ extent: 'whole', articleCount: readable });
  expect(listForbidden()).toEqual([]);
  // Crawl-delay asks for more than our own gap.
  expect(shortestGapMs()).toBeGreaterThanOrEqual(1000);

  time.pass(24 * 3600_000);
  large.arrivals.length = 0;
  for (let n = 100; n < 120; n += 1) large.revise(n);
  large.remove(200);
  const second = await scan(first?.proof ?? '');
  const secondNight = large.takeCounts();
  expect(second).toMatchObject({ extent: 'difference', articleCount: readable - 1 });
  expect(second?.drafts.map(({ key }) => key).sort()).toEqual(
    Array.from({ length: 20 }, (_, n) => `${site.url}/kb/${100 + n}`).sort(),
  );
  expect(second?.vanished).toEqual([
    { key: `${site.url}/kb/200`, because: 'The vendor removed the page (410).' },
  ]);
  expect(listForbidden()).toEqual([]);
  expect(shortestGapMs()).toBeGreaterThanOrEqual(1000);

  // One conditional request for each page that is known, and for each sitemap; the few that fail are tried thrice.
  const known = readable - 1;
  expect(secondNight.conditional).toBeGreaterThanOrEqual(known);
  expect(large.arrivals.length).toBeLessThanOrEqual(1 + 6 + readable + 3 * unreadable.length + 20);
  expect(secondNight.bytes).toBeLessThan(firstNight.bytes / 10);
  console.info(
    `first night ${firstNight.bytes} bytes, second ${secondNight.bytes} (${((secondNight.bytes / firstNight.bytes) * 100).toFixed(2)} %), ` +
      `${secondNight.conditional} conditional of ${large.arrivals.length} requests`,
  );

  await client.close();
  await site.close();
});
