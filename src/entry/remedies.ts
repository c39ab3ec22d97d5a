import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compileRemedy, type ScriptRuntimes } from '../remedies/compile-remedy.ts';
import { readRemedy } from '../remedies/read-remedy.ts';
import type { Remedy } from '../remedies/remedy.ts';
import type { OfferedRemedy, OfferedScript, RemedyLibrary } from '../remedies/remedy-library.ts';

const project = join(import.meta.dirname, '../..');

/** Where an installation keeps the key with which it signs. Processes on several machines need the same file. */
export function remedyKeyFile(dataFolder: string): string {
  return join(dataFolder, 'remedy-key.pem');
}

/** The texts that the scripts of a language have in common. */
export async function loadScriptRuntimes(): Promise<ScriptRuntimes> {
  const read = (language: string) =>
    readFile(join(project, 'src/remedies/runtime', `remedy.${language}`), 'utf8');
  return { sh: await read('sh'), cmd: await read('cmd'), ps1: await read('ps1') };
}

/** A shipped document is broken: a fault of the program, not of its user. */
export class BrokenRemedy extends Error {
  override readonly name = 'BrokenRemedy';
  readonly code = 'broken-remedy';
}

/** The remedies that ship with the program, by file name. Throws BrokenRemedy. */
export async function loadShippedRemedies(folder = join(project, 'starter-kb/remedies')): Promise<Remedy[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const read = readRemedy(await readFile(join(folder, name), 'utf8'));
      if (read.kind === 'refused') throw new BrokenRemedy(`${name}: ${read.problems.join(' ')}`);
      return read.remedy;
    }),
  );
}

/** Signs with Ed25519 (RFC 8032) over the bytes themselves. */
export type RemedySigner = {
  /** PEM (SubjectPublicKeyInfo), for `openssl pkeyutl -verify -rawin`. */
  readonly publicKey: string;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
};

/** The installation's own key, made at the first use and readable by its owner only. */
export async function openRemedySigner(keyFile: string): Promise<RemedySigner> {
  const privateKey = await loadOrMakeKey(keyFile);
  return {
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

/** Whether the signature of the bytes was made by the owner of the public key (PEM). */
export function isSignedBy(publicKeyPem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey(publicKeyPem);
  return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature);
}

async function loadOrMakeKey(keyFile: string): Promise<KeyObject> {
  const stored = await readFile(keyFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (stored !== null) return createPrivateKey(stored);
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(keyFile), { recursive: true });
  try {
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
    });
    return privateKey;
  } catch (error) {
    // Another process was first: its key counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // what writeFile rejects with
    return createPrivateKey(await readFile(keyFile, 'utf8'));
  }
}

/** All scripts of a remedy with their checksums and signatures. */
function signScripts(remedy: Remedy, runtimes: ScriptRuntimes, signer: RemedySigner): OfferedScript[] {
  return compileRemedy(remedy, runtimes).map((script) => {
    const bytes = new TextEncoder().encode(script.text);
    const signature = Buffer.from(signer.sign(bytes)).toString('base64');
    return { ...script, bytes, sha256: hash('sha256', bytes), signature };
  });
}

/** The shipped remedies, compiled and signed at the first use; the key is kept in `keyFile`. */
export function createRemedyLibrary(keyFile: string): RemedyLibrary {
  let opening: Promise<{ publicKey: string; offered: readonly OfferedRemedy[] }> | null = null;
  const open = () => {
    opening ??= openLibrary(keyFile).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    listRemedies: async () => (await open()).offered,
    listRemediesOf: async ({ source, key }) =>
      (await open()).offered.filter(
        ({ remedy }) => remedy.article.source === source && remedy.article.key === key,
      ),
    findRemedy: async (id) => (await open()).offered.find(({ remedy }) => remedy.id === id) ?? null,
    readPublicKey: async () => (await open()).publicKey,
  };
}

async function openLibrary(keyFile: string) {
  const [remedies, runtimes, signer] = await Promise.all([
    loadShippedRemedies(),
    loadScriptRuntimes(),
    openRemedySigner(keyFile),
  ]);
  const offered = remedies.map((remedy) => ({ remedy, scripts: signScripts(remedy, runtimes, signer) }));
  return { publicKey: signer.publicKey, offered };
}
