import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeZip } from './archives.fixture.ts';
import { readFolderFile } from './read-folder-file.ts';

const root = mkdtempSync(join(tmpdir(), 'kbalertz-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, 'kb/media'), { recursive: true });
writeFileSync(join(root, 'kb/media/a.png'), 'picture');
writeFileSync(join(root, 'secret.png'), 'secret');
symlinkSync(join(root, 'secret.png'), join(root, 'kb/media/link.png'));

const read = (url: string, path: string, isAllowed = true) =>
  readFolderFile({ url, path, maxBytes: 100, isLocalPathAllowed: () => isAllowed });

test('a file of a folder is read, and none from outside it', async () => {
  const folder = join(root, 'kb');
  expect(String(await read(folder, 'media/a.png'))).toBe('picture');
  for (const path of ['media', 'media/none.png', 'media/link.png', '../secret.png', '/etc/hostname'])
    expect(await read(folder, path)).toBeNull();
  expect(await read(folder, 'media/a.png', false)).toBeNull();
  expect(await read(join(root, 'nowhere'), 'media/a.png')).toBeNull();
});

test('a file of an archive is read', async () => {
  const archive = join(root, 'kb.zip');
  writeFileSync(archive, writeZip([{ path: 'media/a.png', text: 'zipped' }]));
  expect(String(await read(archive, 'media/a.png'))).toBe('zipped');
  expect(await read(archive, 'media/b.png')).toBeNull();
});
