import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScanner } from '../../src/knowledge/scanning/create-scanner.ts';
import type { SourceKind } from '../../src/knowledge/source.ts';
import { createTechnologyPlacing } from '../../src/knowledge/technologies/create-technology-placing.ts';
import { createFolderReader } from '../../src/sources/folder/create-folder-reader.ts';
import {
  createTestClient,
  createTestTime,
  openLoopbackSite,
} from '../../src/sources/http/loopback-site.fixture.ts';
import { createPagesReader } from '../../src/sources/pages/create-pages-reader.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFetchMemory } from '../../src/store/fetch-memory.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test.each(['pages', 'folder'] as const)(
  'a scan of %s that lost most articles is held, can be accepted, and hides no change when it is not',
  async (kind) => {
    const vendor = kind === 'pages' ? await openSite() : openFolder();
    const database = openDatabase({ file: ':memory:' });
    cleanups.push(() => database.close());
    await migrate(database);
    const memory = createFetchMemory(database);
    const time = createTestTime();
    const client = createTestClient({ sites: vendor.sites, memory });
    cleanups.push(() => client.close());
    const reader =
      kind === 'pages'
        ? createPagesReader({ client, memory, clock: time.clock })
        : createFolderReader({ isLocalPathAllowed: () => true, memory, clock: time.clock });
    const { archive, scanLedger, sources } = openStore(database);
    const scanner = createScanner({
      readerOf: () => reader,
      ledger: scanLedger,
      clock: time.clock,
      placeTechnologies: (known) => createTechnologyPlacing([], known),
    });
    const source = await addSource(sources, kind, vendor.url);
    const scan = () => {
      time.pass(3600_000);
      return scanner.scan(source);
    };
    const countActive = async () => (await archive.countArticles()).active;

    for (let n = 0; n < 60; n += 1) vendor.show(n, `Article ${n}`);
    expect(await scan()).toMatchObject({ kind: 'done', scan: { baseline: true, articleCount: 60 } });

    // Fifty are gone at once, and one was revised: not believed, and nothing of it kept.
    for (let n = 10; n < 60; n += 1) vendor.hide(n);
    vendor.show(0, 'Article 0, revised');
    const held = await scan();
    expect(held).toMatchObject({ kind: 'held' });
    expect(await countActive()).toBe(60);
    // The next night they are back: the revision that the held scan saw is not lost.
    for (let n = 10; n < 60; n += 1) vendor.show(n, `Article ${n}`);
    expect(await scan()).toMatchObject({ kind: 'done', scan: { counts: { 'revised-minor': 1 } } });

    for (let n = 10; n < 60; n += 1) vendor.hide(n);
    const heldAgain = await scan();
    if (heldAgain.kind !== 'held') throw new Error(`it was not held but ${heldAgain.kind}`);
    time.pass(3600_000);
    expect(await scanner.acceptHeldScan(heldAgain.scan.id)).toMatchObject({
      kind: 'done',
      scan: { counts: { retired: 50 } },
    });
    expect(await countActive()).toBe(10);
    expect(await scan()).toMatchObject({ kind: 'unchanged' });
    // What comes back is restored.
    vendor.show(10, 'Article 10');
    expect(await scan()).toMatchObject({ kind: 'done', scan: { counts: { restored: 1 } } });
  },
);

async function openSite() {
  const site = await openLoopbackSite();
  cleanups.push(() => site.close());
  const shown = new Set<number>();
  site.answer('/sitemap.xml', (_, response) => {
    response.end([...shown].map((n) => `${site.url}/${n}`).join('\n'));
  });
  return {
    url: `${site.url}/sitemap.xml`,
    sites: [site],
    show(n: number, text: string) {
      shown.add(n);
      const steps = `Restart service ${n} with "net start service${n}" and wait until it answers.`;
      site.answer(`/${n}`, (_, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(
          `<html><body><main><h1>${text}</h1><h2>Resolution</h2><ol><li>${text}: ${steps}</li></ol></main></body></html>`,
        );
      });
    },
    hide(n: number) {
      shown.delete(n);
      site.answer(`/${n}`, (_, response) => void response.writeHead(404).end());
    },
  };
}

function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-held-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return {
    url: folder,
    sites: [],
    show: (n: number, text: string) =>
      writeFileSync(
        join(folder, `${n}.md`),
        `# ${text}\n\n## Resolution\n\n1. ${text}: run \`net start service${n}\`.\n`,
      ),
    hide: (n: number) => rmSync(join(folder, `${n}.md`)),
  };
}

async function addSource(sources: ReturnType<typeof openStore>['sources'], kind: SourceKind, url: string) {
  const added = await sources.add({
    name: 'kb',
    title: 'KB',
    kind,
    url,
    settings: {},
    schedule: '0 2 * * *',
    licence: '',
    attribution: '',
    createdAt: createTestTime().clock.now(),
  });
  if (added.kind !== 'added') throw new Error('the source was there before the test');
  return added.source;
}
