import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadDkimKeys, makeDkimKeys } from './key-folder.ts';

test('keys are made once, for their owner only, and found again, RSA first', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kbalertz-dkim-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  expect(await loadDkimKeys(dataFolder, 'kb.example')).toEqual([]);
  const request = { dataFolder, domain: 'kb.example', selector: 'k' };
  const made = await makeDkimKeys(request);
  expect(made.map(({ selector, isNew }) => [selector, isNew])).toEqual([
    ['k-rsa', true],
    ['k-ed25519', true],
  ]);
  for (const { file } of made) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await makeDkimKeys(request)).map(({ isNew }) => isNew)).toEqual([false, false]);
  const keys = await loadDkimKeys(dataFolder, 'kb.example');
  expect(keys.map(({ selector, privateKey }) => [selector, privateKey.asymmetricKeyType])).toEqual([
    ['k-rsa', 'rsa'],
    ['k-ed25519', 'ed25519'],
  ]);
  expect(await loadDkimKeys(dataFolder, 'other.example')).toEqual([]);
});
