import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../knowledge/source.ts';
import { createTestTime, describeTestSource, readTodaysSnapshot } from '../http/loopback-site.fixture.ts';
import { createVolatileFetchMemory } from '../http/volatile-fetch-memory.ts';
import { defaultArchiveLimits } from './archive-limits.ts';
import { writeTar, writeZip } from './archives.fixture.ts';
import { createFolderReader } from './create-folder-reader.ts';
import { watchFolder } from './watch-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string | Buffer) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const scan = async (
  cursor: string | null = null,
  settings = {},
  place = folder,
  allowed = folder,
): Promise<Snapshot | null> => {
  const reader = createFolderReader({
    isLocalPathAllowed: (path) => path.startsWith(allowed),
    memory: createVolatileFetchMemory(),
    clock: createTestTime().clock,
    limits: { ...defaultArchiveLimits, maxTotalBytes: 10_000_000 },
  });
  const source = describeTestSource('folder', place, settings);
  return readTodaysSnapshot(reader, source, cursor);
};
const files = {
  'guide/start.md': '---\ntitle: Start\n---\nSee this.\n\n[!INCLUDE [note](../includes/note.md)]\n',
  'includes/note.md': 'A note.',
  'old/page.html':
    '<html><body><nav>menu</nav><main><h1>Page</h1><p>What the page is about.</p></main></body></html>',
  'plain.txt': 'SYMPTOMS\n\nIt stops.',
  'image.png': 'no text',
  '.hidden/secret.md': 'secret',
};

describe('a folder', () => {
  beforeEach(() => {
    for (const [path, text] of Object.entries(files)) write(path, text);
  });

  test('gives its Markdown, HTML and text files, includes resolved', async () => {
    const snapshot = await scan(null, { pageUrl: 'https://docs.example/kb', technologies: 'Pumps' });
    expect(snapshot).toMatchObject({ extent: 'whole', articleCount: 3, warnings: [] });
    expect(snapshot?.drafts.map(({ key, url, published }) => [key, url, published.format])).toEqual([
      ['guide/start.md', 'https://docs.example/kb/guide/start', 'markdown'],
      ['old/page.html', 'https://docs.example/kb/old/page', 'html'],
      ['plain.txt', 'https://docs.example/kb/plain', 'text'],
    ]);
    expect(snapshot?.drafts[0]?.published.includes).toEqual({ 'includes/note.md': 'A note.' });
    expect(snapshot?.drafts[1]?.published.text).toBe(
      '<main><h1>Page</h1><p>What the page is about.</p></main>',
    );
    expect(snapshot?.drafts[0]?.placeTechnologies).toEqual(['Pumps']);
  });

  test('is read again only when something in it is different', async () => {
    const first = await scan();
    expect(await scan(first?.proof)).toBeNull();
    write('includes/note.md', 'Another note.');
    const second = await scan(first?.proof);
    expect(second?.drafts[0]?.published.includes).toEqual({ 'includes/note.md': 'Another note.' });
    write('image.png', 'still no text');
    expect(await scan(second?.proof)).toBeNull();
  });

  test('gives what the patterns say', async () => {
    expect((await scan(null, { include: 'guide, *.txt$' }))?.drafts.map(({ key }) => key)).toEqual([
      'guide/start.md',
      'plain.txt',
    ]);
    expect((await scan(null, { exclude: '/old' }))?.drafts.map(({ key }) => key)).toEqual([
      'guide/start.md',
      'plain.txt',
    ]);
  });

  test('is not left by links', async () => {
    const other = mkdtempSync(join(tmpdir(), 'kbalertz-other-'));
    writeFileSync(join(other, 'secret.md'), 'secret');
    symlinkSync(other, join(folder, 'way-out'));
    symlinkSync(join(other, 'secret.md'), join(folder, 'secret.md'));
    expect((await scan())?.drafts.map(({ key }) => key)).toEqual([
      'guide/start.md',
      'old/page.html',
      'plain.txt',
    ]);
    rmSync(other, { recursive: true });
  });

  test('is read only where the operator allows it, links resolved', async () => {
    symlinkSync(folder, `${folder}-link`);
    await expect(scan(null, {}, `${folder}-link`, `${folder}-link`)).rejects.toMatchObject({
      code: 'refused',
    });
    rmSync(`${folder}-link`);
    await expect(scan(null, {}, '/etc')).rejects.toMatchObject({ code: 'refused' });
    await expect(scan(null, {}, join(folder, 'nothing'))).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('an archive', () => {
  const entries = Object.entries(files).map(([path, text]) => ({ path, text }));

  test.each([
    ['kb.zip', writeZip(entries)],
    ['kb.tar', writeTar(entries)],
    ['kb.tar.gz', gzipSync(writeTar(entries))],
    ['kb.tgz', gzipSync(writeTar(entries.toReversed()))],
  ])('%s gives the same as the folder', async (name, bytes) => {
    for (const [path, text] of Object.entries(files)) write(`same/${path}`, text);
    write(name, bytes);
    const packed = await scan(null, {}, join(folder, name));
    const plain = await scan(null, {}, join(folder, 'same'));
    expect(packed?.drafts).toEqual(plain?.drafts);
    expect(packed?.proof).toBe(plain?.proof);
  });

  test.each([
    ['broken.zip', Buffer.from('PK broken')],
    ['broken.tar.gz', gzipSync(Buffer.alloc(5000, 'x'))],
    ['bomb.tar.gz', gzipSync(Buffer.alloc(20_000_000))],
  ])('%s fails in words', async (name, bytes) => {
    write(name, bytes);
    await expect(scan(null, {}, join(folder, name))).rejects.toMatchObject({
      name: 'SourceError',
      code: 'bad-archive',
    });
  });
});

test('a watched folder tells of edits once they have ended', async () => {
  const controller = new AbortController();
  let told = 0;
  watchFolder({
    folder,
    onChange: () => (told += 1),
    onError: () => undefined,
    signal: controller.signal,
    quietMs: 100,
  });
  await setTimeout(50);
  for (let n = 0; n < 5; n += 1) write(`a${n}.md`, 'x');
  expect(told).toBe(0);
  await expect.poll(() => told, { timeout: 5000 }).toBe(1);
  controller.abort();
});
