import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Snapshot, SourceReader } from '../../src/knowledge/source.ts';
import {
  createTestClient,
  createTestTime,
  describeTestSource,
  type LoopbackSite,
  openLoopbackSite,
  readTodaysSnapshot,
  withEtag,
} from '../../src/sources/http/loopback-site.fixture.ts';
import { createVolatileFetchMemory } from '../../src/sources/http/volatile-fetch-memory.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const guide = readFileSync(join(root, 'docs/guide/new-source.md'), 'utf8');
const example = /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';

let site: LoopbackSite;
beforeEach(async () => {
  site = await openLoopbackSite();
});
afterEach(() => site.close());

test('the example of the guide is less than 100 lines, and works', async () => {
  expect(example.split('\n').length).toBeLessThan(100);
  const { createErrataReader } = await loadExample();
  const memory = createVolatileFetchMemory();
  const client = createTestClient({ sites: [site], memory });
  const time = createTestTime();
  const reader = createErrataReader({ client, memory, clock: time.clock });
  const scan = async (cursor: string | null): Promise<Snapshot | null> => {
    time.pass(1000);
    const source = describeTestSource('feed', `${site.url}/errata.json`);
    return readTodaysSnapshot(reader, source, cursor);
  };
  const show = (entries: readonly object[]) => site.answer('/errata.json', withEtag(JSON.stringify(entries)));

  show([
    { id: 'E-1', title: 'One', html: '<p onclick="x()">1</p>', updated: '2 January 2026' },
    { id: 'E-2', title: 'Two', html: '<p>2</p>' },
    { title: 'No id' },
  ]);
  const first = await scan(null);
  expect(first).toMatchObject({ extent: 'whole', articleCount: 2 });
  expect(first?.warnings).toEqual([
    'Entry 3 of the list was passed over: it lacks an id, a title or a text.',
  ]);
  expect(first?.drafts[0]?.published).toEqual({
    format: 'html',
    text: '<p>1</p>',
    includes: {},
    facts: { title: 'One', 'external-ids': 'E-1', 'vendor-date': '2026-01-02' },
  });
  expect(await scan(first?.proof ?? '')).toBeNull();
  show([{ id: 'E-2', title: 'Two', html: '<p>2, revised</p>' }]);
  expect(await scan(first?.proof ?? '')).toMatchObject({
    drafts: [{ key: 'E-2' }],
    vanished: [{ key: 'E-1', because: 'The vendor took it from the list of errata.' }],
  });
  site.answer('/errata.json', 'no list');
  await expect(scan(first?.proof ?? '')).rejects.toMatchObject({ code: 'no-list' });
  await client.close();
});

type Example = { createErrataReader(parts: object): SourceReader };

async function loadExample(): Promise<Example> {
  const sources = pathToFileURL(join(root, 'src/sources/errata/')).href;
  const absolute = example
    .replace(/from '(\.\.[^']+)'/g, (_, path: string) => `from '${new URL(path, sources).pathname}'`)
    .replace("from 'zod'", `from '${join(root, 'node_modules/zod/index.js')}'`);
  const file = join(folder, 'create-errata-reader.ts');
  writeFileSync(file, absolute);
  return (await import(file)) as Example; // the export that the guide shows
}
