import { hash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../cli/command-error.ts';
import type { RemedyDesk } from '../cli/commands/remedy.ts';
import { canonicalRemedy } from '../remedies/canonical-remedy.ts';
import { compileRemedy } from '../remedies/compile-remedy.ts';
import { readRemedy } from '../remedies/read-remedy.ts';
import { type Remedy, remedyJsonSchema } from '../remedies/remedy.ts';
import { readConfig } from './config.ts';
import { isSignedBy, loadScriptRuntimes, openRemedySigner, remedyKeyFile } from './remedies.ts';

/** The command line's work on remedy documents and scripts. */
export const remedyDesk: RemedyDesk = {
  async lint(file) {
    const read = readRemedy(await readText(file));
    return read.kind === 'refused' ? read.problems : [];
  },
  async compile(file, folder) {
    const scripts = compileRemedy(await readGood(file), await loadScriptRuntimes());
    await mkdir(folder, { recursive: true });
    return Promise.all(
      scripts.map(async ({ name, text }) => {
        const path = join(folder, name);
        await writeFile(path, text, { mode: 0o755 });
        return { file: path, sha256: hash('sha256', text) };
      }),
    );
  },
  async sign(file, { keyFile, ...options }) {
    const signer = await openRemedySigner(
      keyFile ?? remedyKeyFile(readConfig(process.env, options).dataFolder),
    );
    const signatureFile = `${file}.sig`;
    const signature = signer.sign(await readSignedBytes(file));
    await writeFile(signatureFile, `${Buffer.from(signature).toString('base64')}\n`);
    return { signatureFile, publicKey: signer.publicKey };
  },
  async verify({ file, signatureFile, publicKeyFile }) {
    const signature = Buffer.from(await readText(signatureFile), 'base64');
    const publicKey = await readText(publicKeyFile);
    return isSignedBy(publicKey, await readSignedBytes(file), signature);
  },
  schema: async () => remedyJsonSchema(),
};

/** Of documents the meaning is signed, of all else the bytes. */
async function readSignedBytes(file: string): Promise<Uint8Array> {
  return /\.ya?ml$/i.test(file) ? canonicalRemedy(await readGood(file)) : readBytes(file);
}

async function readGood(file: string): Promise<Remedy> {
  const read = readRemedy(await readText(file));
  if (read.kind === 'refused') throw new CommandError(`${file} can't be used: ${read.problems.join(' ')}`);
  return read.remedy;
}

async function readText(file: string): Promise<string> {
  return (await readBytes(file)).toString('utf8');
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandError(`${file} can't be read.`, 1, { cause: error });
  }
}
