import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../knowledge/source.ts';
import {
  createTestClient,
  createTestTime,
  describeTestSource,
  type LoopbackSite,
  openLoopbackSite,
  readTodaysSnapshot,
  withEtag,
} from '../http/loopback-site.fixture.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { createVolatileFetchMemory } from '../http/volatile-fetch-memory.ts';
import { createFeedReader } from './create-feed-reader.ts';

let site: LoopbackSite;
let client: PoliteClient;
let memory = createVolatileFetchMemory();
const time = createTestTime();
beforeEach(async () => {
  site = await openLoopbackSite();
  memory = createVolatileFetchMemory();
  client = createTestClient({ sites: [site], memory });
});
afterEach(async () => {
  await client.close();
  await site.close();
});

const show = (entries: Record<string, string>) => {
  const items = Object.entries(entries).map(
    ([id, text]) =>
      `<item><guid isPermaLink="false">${id}</guid><link>${site.url}/${id}</link><title>${id}</title><description>${text}</description></item>`,
  );
  site.answer('/feed', withEtag(`<rss><channel>${items.join('')}</channel></rss>`));
};
const scan = async (cursor: string | null, settings = {}): Promise<Snapshot | null> => {
  time.pass(1000);
  const reader = createFeedReader({ client, memory, clock: time.clock });
  const source = describeTestSource('feed', `${site.url}/feed`, settings);
  return readTodaysSnapshot(reader, source, cursor);
};

describe('a feed', () => {
  test('shows all its entries at first, then what is new or edited in place', async () => {
    show({ a: 'one', b: 'one' });
    const first = await scan(null);
    expect(first).toMatchObject({ extent: 'whole', articleCount: 2 });
    show({ b: 'two', c: 'one' });
    const second = await scan(first?.proof ?? '');
    expect(second).toMatchObject({ extent: 'difference', articleCount: 3 });
    expect(second?.drafts.map(({ key }) => key)).toEqual(['b', 'c']);
  });

  test('retires no entry that leaves it', async () => {
    show({ a: 'one', b: 'one' });
    const first = await scan(null);
    show({ b: 'one' });
    const second = await scan(first?.proof ?? '');
    expect(second).toBeNull();
    show({ c: 'one' });
    expect(await scan(first?.proof ?? '')).toMatchObject({ vanished: [], articleCount: 3 });
  });

  test('that is unchanged costs one conditional request', async () => {
    show({ a: 'one' });
    const first = await scan(null);
    site.requests.length = 0;
    expect(await scan(first?.proof ?? '')).toBeNull();
    expect(site.requests).toEqual(['GET /feed']);
  });

  test('gives articles with facts', async () => {
    site.answer(
      '/feed',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry><id>urn:x</id><title>T &amp; U</title><link href="https://kb.example/x"/><updated>2026-01-02T03:04:05Z</updated><author><name>Ada</name></author><category term="Windows"/><summary>S</summary><content type="html">&lt;p&gt;Long text of it&lt;/p&gt;</content></entry></feed>',
    );
    const snapshot = await scan(null, { technologies: 'Windows 11, Windows Server' });
    expect(snapshot?.drafts).toEqual([
      {
        key: 'urn:x',
        url: 'https://kb.example/x',
        aliases: [],
        placeTechnologies: ['Windows 11', 'Windows Server'],
        published: {
          format: 'html',
          text: '<p>Long text of it</p>',
          includes: {},
          facts: {
            title: 'T & U',
            description: 'S',
            language: 'en',
            'vendor-date': '2026-01-02',
            author: 'Ada',
            keywords: 'Windows',
          },
        },
      },
    ]);
  });

  test('gives the linked pages on request, and its own text for those that can not be read', async () => {
    show({ a: 'short a', b: 'short b' });
    site.answer(
      '/a',
      withEtag(
        '<html lang="en"><body><nav>menu</nav><main><h1>All about a</h1><p>The page has more to say than the feed.</p></main></body></html>',
        { 'content-type': 'text/html' },
      ),
    );
    const first = await scan(null, { linkedPages: 'true' });
    expect(first?.drafts.map(({ published }) => published.text)).toEqual([
      '<main><h1>All about a</h1><p>The page has more to say than the feed.</p></main>',
      'short b',
    ]);
    expect(first?.warnings).toEqual([`${site.url}/b was not read, the feed's own text was taken: 404.`]);
  });

  test.each([
    ['gone', '/nothing', 'gone'],
    ['a page', '/page', 'no-feed'],
    ['too deep', '/deep', 'too-deep'],
  ])('that is %s fails in words, and keeps everything', async (_, path, code) => {
    site.answer('/page', '<!DOCTYPE html><html></html>');
    site.answer('/deep', '<rss>'.repeat(1000));
    const reader = createFeedReader({ client, memory, clock: time.clock });
    const source = describeTestSource('feed', site.url + path);
    const { signal } = new AbortController();
    const reading = reader
      .readSnapshots({ source, cursor: null, asOf: null, depth: 'latest', signal })
      [Symbol.asyncIterator]()
      .next();
    await expect(reading).rejects.toMatchObject({ name: 'SourceError', code });
  });

  test('has no former moments', async () => {
    show({ a: 'one' });
    const reader = createFeedReader({ client, memory, clock: time.clock });
    const { signal } = new AbortController();
    const asOf = time.clock.now();
    const source = describeTestSource('feed', `${site.url}/feed`);
    const reading = reader
      .readSnapshots({ source, cursor: null, asOf, depth: 'latest', signal })
      [Symbol.asyncIterator]()
      .next();
    await expect(reading).rejects.toMatchObject({ code: 'no-memory' });
  });
});
