import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../knowledge/source.ts';
import {
  createTestClient,
  createTestTime,
  describeTestSource,
  type LoopbackSite,
  openLoopbackSite,
  readTodaysSnapshot,
} from '../http/loopback-site.fixture.ts';
import type { PoliteClient, Politeness } from '../http/polite-client.ts';
import { createVolatileFetchMemory } from '../http/volatile-fetch-memory.ts';
import { makeAdvisory } from './advisory.fixture.ts';
import { createCsafReader } from './create-csaf-reader.ts';

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

const publish = (path: string, value: object, hash?: string) => {
  const text = JSON.stringify(value);
  site.answer(path, text);
  site.answer(
    `${path}.sha512`,
    hash ?? `${createHash('sha512').update(text).digest('hex')}  ${path.slice(1)}\n`,
  );
};
const listByRolie = (documents: Record<string, string>, next?: string) => ({
  feed: {
    id: 'x',
    link: next === undefined ? [] : [{ rel: 'next', href: next }],
    entry: Object.entries(documents).map(([path, updated]) => ({
      updated,
      link: [
        { rel: 'self', href: site.url + path },
        { rel: 'hash', href: `${site.url}${path}.sha512` },
      ],
      content: { src: site.url + path },
    })),
  },
});
const advisory = (id: string, change = {}) => makeAdvisory({ tracking: { id }, ...change });
const scan = async (cursor: string | null, path = '/rolie.json', settings = {}): Promise<Snapshot | null> => {
  time.pass(60_000);
  const reader = createCsafReader({ client, memory, clock: time.clock });
  const source = describeTestSource('csaf', site.url + path, settings);
  return readTodaysSnapshot(reader, source, cursor);
};
const keysOf = (snapshot: Snapshot | null) => snapshot?.drafts.map(({ key }) => key);

describe('a provider', () => {
  test.each([
    ['by its metadata', '/provider-metadata.json'],
    ['by its feed', '/rolie.json'],
    ['by a directory with changes.csv', '/csaf/'],
    ['by a directory with index.txt', '/old/'],
    ['by the address of its site', '/'],
  ])('is read %s', async (_, path) => {
    publish('/csaf/2026/ex-1.json', advisory('EX-1'));
    publish('/csaf/2026/ex-2.json', advisory('EX-2'));
    publish('/old/2026/ex-1.json', advisory('EX-1'));
    publish('/old/2026/ex-2.json', advisory('EX-2'));
    site.answer(
      '/csaf/changes.csv',
      '"2026/ex-2.json","2026-01-02T00:00:00Z"\n2026/ex-1.json,2026-01-01T00:00:00Z\n',
    );
    site.answer('/old/index.txt', '2026/ex-1.json\n2026/ex-2.json\nreadme.txt\n');
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/csaf/2026/ex-1.json': '1' }, '/rolie-2.json')));
    site.answer('/rolie-2.json', JSON.stringify(listByRolie({ '/csaf/2026/ex-2.json': '1' })));
    const metadata = {
      canonical_url: 'x',
      distributions: [
        {
          rolie: {
            feeds: [
              { tlp_label: 'WHITE', url: `${site.url}/rolie.json` },
              { tlp_label: 'AMBER', url: `${site.url}/secret.json` },
            ],
          },
        },
      ],
    };
    site.answer('/provider-metadata.json', JSON.stringify(metadata));
    site.answer('/.well-known/csaf/provider-metadata.json', JSON.stringify(metadata));
    const snapshot = await scan(null, path);
    expect(snapshot).toMatchObject({ extent: 'whole', articleCount: 2, warnings: [] });
    expect(keysOf(snapshot)?.sort()).toEqual(['ex-1', 'ex-2']);
    expect(site.requests).not.toContain('GET /secret.json');
  });

  test('is asked only for what its list calls changed', async () => {
    publish('/ex-1.json', advisory('EX-1'));
    publish('/ex-2.json', advisory('EX-2'));
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '1' })));
    const first = await scan(null);
    publish('/ex-2.json', advisory('EX-2', { title: 'Now worse' }));
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '2' })));
    site.requests.length = 0;
    const second = await scan(first?.proof ?? '');
    expect(keysOf(second)).toEqual(['ex-2']);
    expect(site.requests).toEqual(['GET /rolie.json', 'GET /ex-2.json', 'GET /ex-2.json.sha512']);
    expect(await scan(second?.proof ?? '')).toBeNull();
  });

  test('that stops listing an advisory retires it', async () => {
    publish('/ex-1.json', advisory('EX-1'));
    publish('/ex-2.json', advisory('EX-2'));
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '1' })));
    const first = await scan(null);
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1' })));
    expect(await scan(first?.proof ?? '')).toMatchObject({
      vanished: [{ key: 'ex-2', because: 'The provider does not list the advisory any more.' }],
      articleCount: 1,
    });
  });

  test('that withdraws an advisory retires it with the reason', async () => {
    publish('/ex-1.json', advisory('EX-1'));
    publish('/ex-2.json', advisory('EX-2'));
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '1' })));
    const first = await scan(null);
    publish('/ex-2.json', advisory('EX-2', { history: 'Withdrawn: the product is not affected.' }));
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '2' })));
    expect(await scan(first?.proof ?? '')).toMatchObject({
      drafts: [],
      vanished: [{ key: 'ex-2', because: 'Withdrawn: the product is not affected.' }],
    });
  });
});

describe('a document', () => {
  test.each([
    [
      'whose hash is another',
      () => publish('/ex-2.json', advisory('EX-2', { title: 'Forged' }), '0'.repeat(128)),
      'its SHA-512 is another one than stated',
    ],
    [
      'whose hash is missing',
      () => site.answer('/ex-2.json.sha512', (_, response) => void response.writeHead(404).end()),
      'its SHA-512 could not be read',
    ],
    ['whose hash is none', () => site.answer('/ex-2.json.sha512', 'sorry'), 'its hash file holds no SHA-512'],
    [
      'that is no JSON',
      () => publish('/ex-2.json', 'x' as unknown as object),
      'the whole is not as CSAF 2.0 wants it',
    ],
  ])('%s is passed over, and what is known of it is kept', async (_, spoil, because) => {
    publish('/ex-1.json', advisory('EX-1'));
    publish('/ex-2.json', advisory('EX-2'));
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '1' })));
    const first = await scan(null);
    publish('/ex-1.json', advisory('EX-1', { title: 'New' }));
    spoil();
    site.answer('/rolie.json', JSON.stringify(listByRolie({ '/ex-1.json': '2', '/ex-2.json': '2' })));
    const second = await scan(first?.proof ?? '');
    expect(second).toMatchObject({
      vanished: [],
      articleCount: 2,
      warnings: [`${site.url}/ex-2.json was passed over: ${because}.`],
    });
    expect(keysOf(second)).toEqual(['ex-1']);
  });

  test('listed without a hash, and without one beside it, is taken', async () => {
    site.answer('/csaf/ex-1.json', JSON.stringify(advisory('EX-1')));
    site.answer('/csaf/changes.csv', '"ex-1.json","2026-01-01T00:00:00Z"');
    expect(keysOf(await scan(null, '/csaf/'))).toEqual(['ex-1']);
  });
});

test('a budget that ends in the first scan is gone on with in the next night', async () => {
  for (const n of [1, 2, 3]) publish(`/ex-${n}.json`, advisory(`EX-${n}`));
  site.answer(
    '/rolie.json',
    JSON.stringify(listByRolie({ '/ex-1.json': '1', '/ex-2.json': '1', '/ex-3.json': '1' })),
  );
  client = reopen({ requestsPerNight: 6 });
  await expect(scan(null)).rejects.toMatchObject({
    code: 'postponed',
    message: expect.stringMatching(/2 of 3 advisories are read and kept/),
  });
  time.pass(24 * 3600_000);
  site.requests.length = 0;
  expect(keysOf(await scan(null))?.sort()).toEqual(['ex-1', 'ex-2', 'ex-3']);
  expect(site.requests).not.toContain('GET /ex-1.json');
});

test.each([
  ['an address with nothing', '/nothing.json', 'gone'],
  ['a list of nothing', '/empty.json', 'no-documents'],
  ['something else', '/other.json', 'no-csaf'],
])('%s fails in words', async (_, path, code) => {
  site.answer('/empty.json', JSON.stringify(listByRolie({})));
  site.answer('/other.json', '{"a": 1}');
  await expect(scan(null, path)).rejects.toMatchObject({ name: 'SourceError', code });
});
