import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DkimKey } from './sign-message.ts';

/**
 * The keys that sign mail of the domain: every `<selector>.pem` in `<dataFolder>/dkim/<domain>`, RSA first. Empty where
 * none were made. Workers on several machines need the same files.
 */
export async function loadDkimKeys(dataFolder: string, domain: string): Promise<DkimKey[]> {
  const folder = join(dataFolder, 'dkim', domain);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const keys = await Promise.all(
    names
      .filter((name) => name.endsWith('.pem'))
      .map(async (name) => {
        const privateKey = createPrivateKey(await readFile(join(folder, name), 'utf8'));
        return { domain, selector: name.slice(0, -'.pem'.length), privateKey };
      }),
  );
  const order = (key: DkimKey) => (key.privateKey.asymmetricKeyType === 'rsa' ? 0 : 1);
  return keys.sort((a, b) => order(a) - order(b) || a.selector.localeCompare(b.selector));
}

/**
 * Makes the keys `<selector>-rsa` (2048 bits) and `<selector>-ed25519` of a domain, readable by their owner only; those
 * that are there already stay.
 */
export async function makeDkimKeys(request: {
  readonly dataFolder: string;
  readonly domain: string;
  readonly selector: string;
}): Promise<(DkimKey & { readonly file: string; readonly publicKey: KeyObject; readonly isNew: boolean })[]> {
  const { dataFolder, domain, selector } = request;
  const folder = join(dataFolder, 'dkim', domain);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const make = async (name: string, generate: () => KeyObject) => {
    const file = join(folder, `${name}.pem`);
    const isNew = await writeNewFile(file, () =>
      generate().export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    const privateKey = createPrivateKey(await readFile(file, 'utf8'));
    return { domain, selector: name, file, privateKey, publicKey: createPublicKey(privateKey), isNew };
  };
  return [
    await make(`${selector}-rsa`, () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    await make(`${selector}-ed25519`, () => generateKeyPairSync('ed25519').privateKey),
  ];
}

/** False when the file is there already. */
async function writeNewFile(file: string, write: () => string): Promise<boolean> {
  try {
    await writeFile(file, write(), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false; // what writeFile rejects with
    throw error;
  }
}
