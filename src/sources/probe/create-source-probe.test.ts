import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError } from '../../knowledge/source.ts';
import { makeAdvisory } from '../csaf/advisory.fixture.ts';
import { createCsafReader } from '../csaf/create-csaf-reader.ts';
import { createFeedReader } from '../feed/create-feed-reader.ts';
import {
  createTestClient,
  createTestTime,
  type LoopbackSite,
  openLoopbackSite,
} from '../http/loopback-site.fixture.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { createVolatileFetchMemory } from '../http/volatile-fetch-memory.ts';
import { createPagesReader } from '../pages/create-pages-reader.ts';
import { createSourceProbe } from './create-source-probe.ts';
import { findSource } from './find-source.ts';

let site: LoopbackSite;
let client: PoliteClient;
const { signal } = new AbortController();
beforeEach(async () => {
  site = await openLoopbackSite();
  client = createTestClient({ sites: [site] });
});
afterEach(async () => {
  await client.close();
  await site.close();
});
const probe = (url: string, more: object = {}) => {
  const { clock } = createTestTime();
  const parts = { client, clock, memory: createVolatileFetchMemory() };
  const readers = {
    feed: createFeedReader(parts),
    csaf: createCsafReader(parts),
    pages: createPagesReader(parts),
  };
  const readerOf = (kind: string) => {
    const reader = readers[kind as keyof typeof readers]; // other kinds are not probed here
    if (!reader) throw new SourceError('kind-unknown', kind);
    return reader;
  };
  return createSourceProbe({ client, clock, readerOf }).probe({ url, signal, ...more });
};
const page = (text: string) =>
  `<html><body><main><h1>${text}</h1><p>${text} and ${'all that there is to say about it. '.repeat(4)}</p></main></body></html>`;
const html = (text: string) => (_: unknown, response: import('node:http').ServerResponse) =>
  void response.setHeader('content-type', 'text/html').end(text);

describe('a probe', () => {
  beforeEach(() => {
    const items = [1, 2, 3, 4, 5]
      .map((n) => `<item><guid isPermaLink="false">${n}</guid><title>T${n}</title></item>`)
      .join('');
    site.answer('/feed', `<rss><channel>${items}</channel></rss>`);
    for (const n of [1, 2, 3, 4, 5]) {
      site.answer(`/kb/${n}`, html(page(`Page ${n}`)));
      site.answer(`/csaf/ex-${n}.json`, JSON.stringify(makeAdvisory({ tracking: { id: `EX-${n}` } })));
    }
    site.answer(
      '/sitemap.xml',
      `<urlset>${[1, 2, 3, 4, 5].map((n) => `<url><loc>${site.url}/kb/${n}</loc></url>`).join('')}</urlset>`,
    );
    site.answer(
      '/csaf/changes.csv',
      [1, 2, 3, 4, 5].map((n) => `"ex-${n}.json","2026-01-0${n}T00:00:00Z"`).join('\n'),
    );
  });

  test('of a feed shows three of its articles and how many there are', async () => {
    const found = await probe(`${site.url}/feed`);
    expect(found).toMatchObject({ kind: 'feed', articleCount: 5, url: `${site.url}/feed` });
    expect(found.articles.map(({ published }) => published.facts.title)).toEqual(['T1', 'T2', 'T3']);
  });

  test('of a page finds the feed that it names', async () => {
    site.answer(
      '/home',
      html('<html><head><link rel="alternate" type="application/rss+xml" href="feed"></head></html>'),
    );
    expect(await probe(`${site.url}/home`)).toMatchObject({ kind: 'feed', url: `${site.url}/feed` });
  });

  test('of a sitemap visits three pages only', async () => {
    const found = await probe(`${site.url}/sitemap.xml`);
    expect(found).toMatchObject({ kind: 'pages', articleCount: null });
    expect(found.articles.map(({ url }) => url)).toEqual([1, 2, 3].map((n) => `${site.url}/kb/${n}`));
    expect(site.requests).not.toContain('GET /kb/4');
  });

  test('of a page finds the sitemap of its site, and the part below the page', async () => {
    site.answer('/kb/', html('<html><body>overview</body></html>'));
    expect(await probe(`${site.url}/kb/`)).toMatchObject({
      kind: 'pages',
      url: `${site.url}/sitemap.xml`,
      settings: { include: ['/kb/*'] },
    });
  });

  test('of a directory of advisories reads three of them', async () => {
    const found = await probe(`${site.url}/csaf/`);
    expect(found).toMatchObject({ kind: 'csaf', url: `${site.url}/csaf/` });
    expect(found.articles.map(({ key }) => key)).toEqual(['ex-1', 'ex-2', 'ex-3']);
  });

  test('of a site finds its CSAF metadata', async () => {
    site.answer('/', html('<html><body>home</body></html>'));
    site.answer(
      '/.well-known/csaf/provider-metadata.json',
      JSON.stringify({ canonical_url: 'x', distributions: [{ directory_url: `${site.url}/csaf` }] }),
    );
    expect(await probe(`${site.url}/`)).toMatchObject({
      kind: 'csaf',
      url: `${site.url}/.well-known/csaf/provider-metadata.json`,
    });
  });

  test('as a given kind reads it as that, with the settings', async () => {
    const found = await probe(`${site.url}/sitemap.xml`, { kind: 'pages', settings: { include: '/kb/5' } });
    expect(found.articles.map(({ url }) => url)).toEqual([`${site.url}/kb/5`]);
  });

  test('of nothing says so', async () => {
    await expect(probe(`${site.url}/nothing`)).rejects.toMatchObject({ code: 'gone' });
    await expect(probe('http://10.0.0.1/')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test.each([
  ['https://github.com/MicrosoftDocs/SupportArticles-docs', 'git'],
  ['https://git.example/kb.git', 'git'],
  ['/srv/kb.bundle', 'git'],
  ['/srv/articles', 'folder'],
  ['/srv/articles.zip', 'folder'],
])('%s is told by its address alone: %s', async (url, kind) => {
  expect(await findSource({ url, client, signal })).toEqual({ kind, url, settings: {} });
});
