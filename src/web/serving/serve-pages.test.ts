import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import type { RequestFacts } from '../../knowledge/request-facts.ts';
import { assets, minifyStyles } from './assets.ts';

describe('pages', () => {
  test('are compressed as the client asks, and the same once unpacked', async () => {
    const { get } = await createSiteWorld();
    const plain = await (await get('/help')).text();
    const ask = async (encoding: string) => get('/help', { headers: { 'accept-encoding': encoding } });
    const brotli = await ask('gzip, deflate, br, zstd');
    expect(brotli.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(await brotli.arrayBuffer()).toString()).toBe(plain);
    const gzip = await ask('gzip;q=0.8, br;q=0');
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(plain);
    expect((await ask('identity')).headers.get('content-encoding')).toBeNull();
  });

  test('are not sent again while they are the same', async () => {
    const { get } = await createSiteWorld();
    const etag = (await get('/help')).headers.get('etag') ?? '';
    const again = await get('/help', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('content-security-policy')).not.toBeNull();
    expect((await get('/help', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('are kept in memory for strangers only, and made anew when something changed', async () => {
    const world = await createSiteWorld({ pageCacheMs: 60_000 });
    const { cookie } = await world.signIn('ada@example.org');
    const technology = await world.ledger.addTechnology('Teams');
    const article = await world.ledger.addArticle('Calls drop');
    const ask = async (withCookie: boolean) =>
      (await world.get('/changes', withCookie ? { cookie } : {})).text();
    expect(await ask(false)).not.toContain('Calls drop');
    expect(await ask(true)).toContain('href="/account"');
    expect(await ask(false)).not.toContain('href="/account"');
    await world.ledger.recordChange({ articleId: article, technologies: [technology] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await ask(false)).toContain('Calls drop');
  });

  test('from memory have a number each, and are reported under the route that made them', async () => {
    const reported: RequestFacts[] = [];
    const world = await createSiteWorld({
      pageCacheMs: 60_000,
      ports: {
        monitoring: {
          observeRequest: (request) => reported.push(request),
          findReadiness: async () => ({ isReady: true, waitsFor: [] }),
        },
      },
    });
    const headers = { 'accept-encoding': 'br' };
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push(await world.get('/changes', { headers }));
    const etag = answers[0]?.headers.get('etag') ?? '';
    answers.push(await world.get('/changes', { headers: { 'if-none-match': etag } }));
    expect(reported.map(({ method, route, status }) => ({ method, route, status }))).toEqual(
      [200, 200, 200, 304].map((status) => ({ method: 'GET', route: '/changes', status })),
    );
    expect(answers.map((answer) => answer.headers.get('x-request-id'))).toEqual(reported.map(({ id }) => id));
    expect(new Set(reported.map(({ id }) => id)).size).toBe(4);
    const [first, second] = answers.map((answer) =>
      [...answer.headers].filter(([name]) => name !== 'x-request-id'),
    );
    expect(second).toEqual(first);
  });

  test('of an account are not kept anywhere', async () => {
    const world = await createSiteWorld({ pageCacheMs: 60_000 });
    const { cookie } = await world.signIn('ada@example.org');
    expect((await world.get('/account', { cookie })).headers.get('cache-control')).toBe('private, no-cache');
    expect((await world.post('/account/pause', {}, { cookie })).headers.get('cache-control')).toBe(
      'no-store',
    );
  });
});

describe('assets', () => {
  test('have hashed names, are kept for ever, and are small', async () => {
    const { get } = await createSiteWorld();
    for (const asset of Object.values(assets)) {
      const answer = await get(asset.href);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect((await answer.arrayBuffer()).byteLength).toBe(asset.bytes.byteLength);
    }
    expect(assets.styles.bytes.byteLength).toBeLessThan(20_000);
    expect(assets.script.bytes.byteLength).toBeLessThan(15_000);
    expect((await get('/assets/look.old.css')).status).toBe(404);
  });

  test('keep what strings and selectors mean when they are made small', () => {
    expect(
      minifyStyles(
        '/* c */ a > b { content: "\\2212"; margin: 0.5rem 10.5px ; }\n@media (x: 1) { c d { e: f } }',
      ),
    ).toBe('a>b{content:"\\2212";margin:.5rem 10.5px}@media (x:1){c d{e:f}}');
  });
});
