import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSealKeys } from './seal-keys.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kbalertz-seal-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('the key is made once, in a file that only its owner reads', async () => {
  const dataFolder = join(folder(), 'data');
  const keys = createSealKeys({ sealKey: null, dataFolder });
  expect(await keys.load()).toBeNull();
  const made = await Promise.all([
    keys.make(),
    keys.make(),
    createSealKeys({ sealKey: null, dataFolder }).make(),
  ]);
  expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
  expect(await keys.load()).toEqual(made[0]);
  expect(statSync(join(dataFolder, 'seal-key')).mode & 0o777).toBe(0o600);
});

test('a file that holds no key is left as it is, and told', async () => {
  const dataFolder = folder();
  writeFileSync(join(dataFolder, 'seal-key'), 'cut o');
  await expect(createSealKeys({ sealKey: null, dataFolder }).load()).rejects.toThrow('holds no key');
});

test('the setting is the key where there is one', async () => {
  const sealKey = Buffer.alloc(32, 5).toString('base64');
  const keys = createSealKeys({ sealKey, dataFolder: '/nowhere' });
  expect(await keys.load()).toEqual(Buffer.alloc(32, 5));
});
