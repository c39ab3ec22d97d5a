import { describe, expect, test } from 'vitest';
import { createSiteWorld, type SiteWorld } from '../../../tests/factories/site-world.ts';
import type { ArticleId, TechnologyId } from '../../knowledge/ids.ts';
import type { Search } from '../../search/search-answer.ts';
import { readFeed } from '../../sources/feed/read-feed.ts';

const night = Date.parse('2026-03-02T02:00:00Z');
const reasons = JSON.stringify([{ code: 'step-added', section: null, sentence: 'A step was added' }]);

/** A search that finds the articles it was given, whatever is asked. */
function findingAlways(articles: readonly ArticleId[], notUnderstood: readonly string[] = []): Search {
  const hits = articles.map((articleId) => ({ articleId, score: 1, missing: [], title: [], snippet: [] }));
  const facets = { technologies: [], sources: [], years: [], sections: [] };
  return {
    search: () => ({ hits, near: [], total: hits.length, facets, didYouMean: null, notUnderstood }),
    suggest: () => [],
  };
}

type Night = SiteWorld & { readonly outlook: TechnologyId; readonly mail: ArticleId };

/** One technology with a material and a minor change, and an article of another one. */
async function createNight(given: Parameters<typeof createSiteWorld>[0] = {}): Promise<Night> {
  const world = await createSiteWorld(given);
  const { ledger } = world;
  const outlook = await ledger.addTechnology('Outlook');
  const mail = await ledger.addArticle('Mail <b>stops</b> & "starts" \u202eagain');
  const change = { articleId: mail, technologies: [outlook], recordedAt: night };
  await ledger.recordChange({
    ...change,
    reasons,
    passage: '{"before":"Press <F1>.","after":"Press <F2>."}',
  });
  await ledger.recordChange({ ...change, significance: 'minor', recordedAt: night + 60_000 });
  await ledger.recordChange({ ...change, alerts: false });
  const teams = await ledger.addTechnology('Teams');
  const call = await ledger.addArticle('Calls drop');
  await ledger.recordChange({
    articleId: call,
    technologies: [teams],
    kind: 'created',
    recordedAt: night + 1,
  });
  return { ...world, outlook, mail };
}

async function read(world: SiteWorld, path: string, headers: Record<string, string> = {}) {
  const response = await world.get(path, { headers });
  const body = new Uint8Array(await response.arrayBuffer());
  const url = `https://kb.example.org${path}`;
  const contentType = response.headers.get('content-type') ?? '';
  const feed = response.ok ? readFeed({ body, url, headers: { 'content-type': contentType } }) : null;
  return { response, feed, text: new TextDecoder().decode(body) };
}

const slugOf = async (world: Night) =>
  (await world.ports.archive.listTechnologies()).find((one) => one.id === world.outlook)?.slug ?? '';

describe('a feed', () => {
  test('of all changes has one entry a change, newest first, in Atom and in JSON', async () => {
    const world = await createNight();
    for (const [format, dialect] of [
      ['atom', 'atom10'],
      ['json', 'json'],
    ] as const) {
      const { response, feed } = await read(world, `/feeds/changes.${format}`);
      expect(response.status).toBe(200);
      expect(feed?.dialect).toBe(dialect);
      expect(feed?.entries.map((entry) => entry.title?.value)).toEqual([
        'New: Calls drop',
        'Changed: Mail <b>stops</b> & "starts" again',
      ]);
      const [created, revised] = feed?.entries ?? [];
      expect(created?.link).toMatch(/^https:\/\/kb\.example\.org\/a\/\d+$/);
      expect(revised?.contents[0]?.value).toContain('A step was added.');
      expect(revised?.contents[0]?.value).toContain('<ins>F2</ins>');
      expect(revised?.published?.atMs).toBe(night);
      expect(revised?.categories.map(({ term }) => term)).toEqual(['Outlook']);
      expect(feed?.links.find(({ rel }) => rel === 'self')?.href ?? `${response.url}`).toContain('/feeds/');
    }
    expect(world.problems).toEqual([]);
  });

  test('keeps the ids of its entries, whatever else comes, and in both formats', async () => {
    const world = await createNight();
    const idsOf = async (path: string) =>
      (await read(world, path)).feed?.entries.map((entry) => entry.id) ?? [];
    const before = await idsOf('/feeds/changes.atom');
    expect(before.every((id) => id?.startsWith('tag:kb.example.org,2026:change/'))).toBe(true);
    expect(await idsOf('/feeds/changes.json')).toEqual(before);
    await world.ledger.recordChange({ articleId: world.mail, technologies: [], recordedAt: night + 9e6 });
    const after = await idsOf('/feeds/changes.atom');
    expect(after.slice(1)).toEqual(before);
    expect(new Set(after).size).toBe(3);
  });

  test('of a technology or a source has its own, and takes more where that is asked', async () => {
    const world = await createNight();
    const slug = await slugOf(world);
    const titles = async (path: string) =>
      (await read(world, path)).feed?.entries.map((entry) => entry.title?.value.slice(0, 7));
    expect(await titles(`/feeds/technologies/${slug}.atom`)).toEqual(['Changed']);
    expect(await titles(`/feeds/technologies/${slug}.atom?from=minor`)).toEqual(['Minor: ', 'Changed']);
    const [source] = await world.ports.archive.listSources();
    expect(await titles(`/feeds/sources/${source?.name}.json`)).toEqual(['New: Ca', 'Changed']);
    for (const path of ['/feeds/technologies/none.atom', '/feeds/sources/none.json', '/feeds/other.atom']) {
      expect((await read(world, path)).response.status, path).toBe(404);
    }
  });

  test('is told by the pages that show the same', async () => {
    const world = await createNight({ ports: { findSearch: () => findingAlways([]) } });
    const slug = await slugOf(world);
    for (const [page, feed] of [
      ['/changes', '/feeds/changes.atom?from=minor'],
      [`/technologies/${slug}`, `/feeds/technologies/${slug}.atom`],
      ['/search?q=0x80070005%20%22a', '/feeds/search.atom?q=0x80070005%20%22a'],
    ] as const) {
      const text = await (await world.get(page)).text();
      expect(text, page).toContain(`<link rel="alternate" type="application/atom+xml"`);
      expect(text, page).toContain(`href="${feed}"`);
      expect((await read(world, feed)).response.status).toBe(200);
    }
  });
});

describe('the feed of a search', () => {
  test('has the changes of what it finds, and none of the rest', async () => {
    const found: ArticleId[] = [];
    const world = await createNight({ ports: { findSearch: () => findingAlways(found) } });
    expect((await read(world, '/feeds/search.atom?q=mail')).feed?.entries).toEqual([]);
    found.push(world.mail);
    const { feed } = await read(world, '/feeds/search.atom?q=mail');
    expect(feed?.entries.map((entry) => entry.title?.value.slice(0, 7))).toEqual(['Changed']);
    expect(feed?.title?.value).toBe('“mail” · kb.example.org');
  });

  test('says what it did not understand in the words of the search page, and is never an error', async () => {
    const sentence = '“day:never” is no day; it was searched for as words.';
    const world = await createNight({ ports: { findSearch: () => findingAlways([], [sentence]) } });
    for (const query of ['day:never', '"', '((((', '%00%ff', '', 'x'.repeat(5000)]) {
      const { response, feed } = await read(world, `/feeds/search.atom?q=${encodeURIComponent(query)}`);
      expect(response.status, query).toBe(200);
      expect(feed?.summary?.value).toContain(sentence);
    }
    expect(await (await world.get('/search?q=day:never')).text()).toContain(sentence);
    expect(world.problems).toEqual([]);
  });

  test('waits for a search that is being built', async () => {
    const world = await createNight();
    const { response } = await read(world, '/feeds/search.atom?q=mail');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('10');
  });
});

describe('a conditional request', () => {
  test('is answered with 304 while the feed is the same', async () => {
    const world = await createNight();
    const first = (await read(world, '/feeds/changes.atom')).response;
    const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    expect(modified).toBe('Mon, 02 Mar 2026 02:00:00 GMT');
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const ask = async (headers: Record<string, string>) =>
      (await read(world, '/feeds/changes.atom', headers)).response;
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    expect((await ask({ 'if-modified-since': modified })).status).toBe(304);
    // The tag is asked first (RFC 9110, 13.2.2).
    expect((await ask({ 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(200);
    expect((await ask({ 'if-modified-since': 'yesterday' })).status).toBe(200);
    await world.ledger.recordChange({ articleId: world.mail, technologies: [], recordedAt: night + 9e6 });
    expect((await ask({ 'if-none-match': etag })).status).toBe(200);
    expect((await ask({ 'if-modified-since': modified })).status).toBe(200);
  });

  test('has the body compressed for who takes that', async () => {
    const world = await createNight();
    const { response } = await read(world, '/feeds/changes.atom', { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('personal feeds', () => {
  test('are of what the account follows, until their addresses are renewed or revoked', async () => {
    const world = await createNight();
    const { cookie, accountId } = await world.signIn('ada@example.org');
    const followed = { kind: 'technology', technologyId: world.outlook } as const;
    const made = await world.ports.subscriptions.follow({
      accountId,
      followed,
      threshold: 'minor',
      now: world.clock.now(),
    });
    if (made.kind !== 'followed') throw new Error(made.kind);
    await world.ledger.recordChange({
      articleId: world.mail,
      technologies: [world.outlook],
      recordedAt: world.clock.now(),
    });
    const secretOn = async () =>
      /\/f\/([\w-]+)\/all\.atom/.exec(await (await world.get('/account/channels', { cookie })).text())?.[1];
    expect(await secretOn()).toBeUndefined();
    await world.post('/account/channels/feeds', {}, { cookie });
    const secret = await secretOn();
    const all = await read(world, `/f/${secret}/all.atom`);
    expect(all.response.headers.get('cache-control')).toBe('private, max-age=300');
    expect(all.response.headers.get('x-robots-tag')).toContain('noindex');
    expect(all.feed?.entries.map((entry) => entry.title?.value.slice(0, 7))).toEqual([
      'Changed',
      'Minor: ',
      'Changed',
    ]);
    const one = await read(world, `/f/${secret}/${made.subscription.id}.json`);
    expect(one.feed?.entries).toHaveLength(3);
    expect((await read(world, `/f/${secret}/999.atom`)).response.status).toBe(404);

    await world.post('/account/channels/feeds', {}, { cookie });
    const renewed = await secretOn();
    expect(renewed).not.toBe(secret);
    expect((await read(world, `/f/${secret}/all.atom`)).response.status).toBe(404);
    expect((await read(world, `/f/${renewed}/all.atom`)).feed?.entries.map(({ id }) => id)).toEqual(
      all.feed?.entries.map(({ id }) => id),
    );
    await world.post('/account/channels/feeds/revoke', {}, { cookie });
    expect((await read(world, `/f/${renewed}/all.atom`)).response.status).toBe(404);
    expect(world.problems).toEqual([]);
  });
});
